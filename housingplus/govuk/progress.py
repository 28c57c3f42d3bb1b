"""The answer to a progress bar that asks how far the work is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def progress_response(
    request: HttpRequest, job: Any, *, url: str, finished_url: str
) -> HttpResponse:
    """Return the progress bar for htmx, or send the browser on once work is over."""
    if not request.headers.get("HX-Request"):
        return redirect(finished_url)
    if job.is_finished:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = finished_url
        return response
    return render(request, "components/progress.html", {"job": job, "url": url})
