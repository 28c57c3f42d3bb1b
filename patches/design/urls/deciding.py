"""From proposal to publication."""

from django.urls import URLPattern, path

from patches.design.views import (
    comments,
    deciding,
    following,
    leads,
    publishing,
    successions,
)

urlpatterns: list[URLPattern] = [
    path(
        "<int:pk>/alternatives/<int:number>/choose/",
        deciding.design_choose,
        name="choose",
    ),
    path("<int:pk>/propose/", deciding.design_propose, name="propose"),
    path("<int:pk>/send-back/", deciding.design_send_back, name="send_back"),
    path("<int:pk>/approve/", deciding.design_approve, name="approve"),
    path("<int:pk>/withdraw/", deciding.design_withdraw, name="withdraw"),
    path("<int:pk>/comments/", comments.comment_list, name="comments"),
    path("<int:pk>/comments/add/", comments.comment_add, name="comment_add"),
    path(
        "<int:pk>/comments/<int:comment_pk>/answer/",
        comments.comment_answer,
        name="comment_answer",
    ),
    path("<int:pk>/who-answers/", leads.design_leads, name="leads"),
    path("<int:pk>/publish/", publishing.design_publish, name="publish"),
    path(
        "<int:pk>/publish/homes/<slug:kind>/",
        publishing.publish_homes,
        name="publish_homes",
    ),
    path(
        "<int:pk>/publish/cancel/",
        publishing.design_cancel_publication,
        name="cancel_publication",
    ),
    path("<int:pk>/patches/", successions.succession_list, name="successions"),
    path("where/<int:patch_pk>/", successions.patch_where, name="where"),
    path("<int:pk>/follows/", following.design_follows, name="follows"),
    path("<int:pk>/follows/homes/", following.officer_changes, name="officer_changes"),
    path("<int:pk>/follows/wards/", following.briefing, name="briefing"),
    path(
        "<int:pk>/follows/wards/<int:ward_pk>/",
        following.ward_briefing,
        name="ward_briefing",
    ),
    path(
        "<int:pk>/follows/officers/",
        following.officers_to_tell,
        name="officers_to_tell",
    ),
    path("<int:pk>/follows/hand-over/", following.hand_over, name="hand_over"),
]
