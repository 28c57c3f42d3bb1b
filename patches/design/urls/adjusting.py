"""Moving homes by hand in an alternative."""

from django.urls import path

from patches.design.views import adjusting, copying

_ALTERNATIVE = "<int:pk>/alternatives/<int:number>"
_AREA = f"{_ALTERNATIVE}/adjust/<int:area_number>"

urlpatterns = [
    path(f"{_ALTERNATIVE}/copy/", copying.alternative_copy, name="alternative_copy"),
    path(
        f"{_ALTERNATIVE}/remove/", copying.alternative_remove, name="alternative_remove"
    ),
    path(f"{_ALTERNATIVE}/adjust/", adjusting.adjust_start, name="adjust"),
    path(f"{_AREA}/", adjusting.adjust, name="adjust_area"),
    path(f"{_AREA}/map/", adjusting.adjust_map, name="adjust_map"),
    path(f"{_AREA}/undo/", adjusting.adjust_undo, name="adjust_undo"),
    path(f"{_AREA}/redo/", adjusting.adjust_redo, name="adjust_redo"),
    path(f"{_ALTERNATIVE}/moves/", adjusting.edit_list, name="edits"),
]
