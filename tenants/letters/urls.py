"""Addresses of letter templates, runs and letters."""

from django.urls import path

from .views import (
    acts,
    coverage,
    editing,
    letters,
    returns,
    runs,
    scheduling,
    sending,
    templates,
    versions,
    wordings,
)

app_name = "letters"
urlpatterns = [
    path("", runs.run_list, name="run_list"),
    path("new/", runs.run_create, name="run_create"),
    path("new/<slug:kind>/", runs.run_form, name="run_form"),
    path("runs/<int:pk>/", runs.run_detail, name="run_detail"),
    path("runs/<int:pk>/homes/", runs.run_homes, name="run_homes"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run_progress"),
    path("runs/<int:pk>/sample/", acts.run_sample, name="run_sample"),
    path("runs/<int:pk>/proof/", acts.run_proof, name="run_proof"),
    path("runs/<int:pk>/approve/", acts.run_approve, name="run_approve"),
    path("runs/<int:pk>/produce/", acts.run_produce, name="run_produce"),
    path("runs/<int:pk>/pause/", acts.run_pause, name="run_pause"),
    path("runs/<int:pk>/compose/", acts.run_recompose, name="run_recompose"),
    path("runs/<int:pk>/cancel/", acts.run_cancel, name="run_cancel"),
    path("runs/<int:pk>/schedule/", scheduling.run_schedule, name="run_schedule"),
    path(
        "runs/<int:pk>/schedule/call-off/",
        scheduling.run_unschedule,
        name="run_unschedule",
    ),
    path("runs/<int:pk>/test/", acts.run_test_letters, name="run_test_letters"),
    path("runs/<int:pk>/posted/", acts.run_post, name="run_post"),
    path("runs/<int:pk>/packs/<int:number>/", acts.run_pack, name="run_pack"),
    path("runs/<int:pk>/ledger/", acts.run_ledger, name="run_ledger"),
    path("runs/<int:pk>/mail-house/", acts.run_mail_file, name="run_mail_file"),
    path("runs/<int:pk>/dismiss/", acts.run_dismiss, name="run_dismiss"),
    path("runs/<int:pk>/edit/", editing.run_edit, name="run_edit"),
    path(
        "runs/<int:pk>/homes/<int:home_pk>/leave-out/",
        editing.home_leave_out,
        name="home_leave_out",
    ),
    path(
        "runs/<int:pk>/homes/<int:home_pk>/put-back/",
        editing.home_put_back,
        name="home_put_back",
    ),
    path("runs/<int:pk>/send/", sending.run_send, name="run_send"),
    path("runs/<int:pk>/send/pause/", sending.run_send_pause, name="run_send_pause"),
    path("runs/<int:pk>/send/retry/", sending.run_retry, name="run_retry"),
    path("runs/<int:pk>/send/give-up/", sending.run_give_up, name="run_give_up"),
    path("runs/<int:pk>/send/ask/", sending.run_poll, name="run_poll"),
    path("runs/<int:pk>/sending/", sending.run_deliveries, name="run_deliveries"),
    path(
        "deliveries/<int:pk>/decide/", sending.delivery_decide, name="delivery_decide"
    ),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/homes/", coverage.coverage_homes, name="coverage_homes"),
    path("coverage/proof/", coverage.coverage_proof, name="coverage_proof"),
    path("due/", coverage.due, name="due"),
    path("due/prepare/", coverage.due_prepare, name="due_prepare"),
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/<int:pk>/", letters.letter_detail, name="letter_detail"),
    path("letters/<int:pk>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("returned/", returns.return_list, name="return_list"),
    path("returned/record/", returns.return_record, name="return_record"),
    path("returned/upload/", returns.return_upload, name="return_upload"),
    path("returned/rates/", returns.return_rates, name="return_rates"),
    path("returned/<int:pk>/", returns.return_check, name="return_check"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/new/", templates.template_create, name="template_create"),
    path("templates/ours/", templates.template_defaults, name="template_defaults"),
    path("templates/preview/", templates.template_preview, name="template_preview"),
    path(
        "templates/preview/pdf/",
        templates.template_preview_pdf,
        name="template_preview_pdf",
    ),
    path(
        "templates/preview/test/",
        templates.template_test_letter,
        name="template_test_letter",
    ),
    path("templates/<int:pk>/", templates.template_detail, name="template_detail"),
    path(
        "templates/<int:pk>/compare/",
        versions.template_compare,
        name="template_compare",
    ),
    path("templates/<int:pk>/edit/", templates.template_edit, name="template_edit"),
    path(
        "templates/<int:pk>/wordings/", wordings.wording_choose, name="wording_choose"
    ),
    path(
        "templates/<int:pk>/wordings/<slug:key>/",
        wordings.wording_edit,
        name="wording_edit",
    ),
    path(
        "templates/<int:pk>/wordings/<slug:key>/checked/",
        wordings.wording_check,
        name="wording_check",
    ),
    path(
        "templates/<int:pk>/archive/",
        templates.template_archive,
        name="template_archive",
    ),
]
