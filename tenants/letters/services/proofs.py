"""Proofs and previews as PDF, made when asked for and kept nowhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf

from tenants.letters.errors import NothingToSend, ProductionFailed
from tenants.letters.models import Letter, LetterRun
from tenants.letters.selectors.content import batch_of
from tenants.letters.typesetting import (
    Piece,
    TypesetBatch,
    TypesettingError,
    compile_chunk,
    join_pack,
    plan_chunks,
)

# A proof of more letters than this is asked for patch by patch.
MOST_IN_A_PROOF = 400
_WATERMARK = b"""q /Watermark gs 0.75 g BT /Helvetica 110 Tf
0.5736 0.8192 -0.8192 0.5736 195 190 Tm (%b) Tj ET Q"""
PROOF = b"PROOF"
TEST = b"TEST"


def proof_pdf(run: LetterRun, letters: Sequence[Letter], mark: bytes = PROOF) -> bytes:
    """Return letters as they will print, each page marked PROOF, or TEST."""
    if not letters:
        raise NothingToSend("There are no letters to show.")
    batch = batch_of(run, letters)
    try:
        with tempfile.TemporaryDirectory(prefix="proof-") as folder:
            pieces = []
            for number, some in enumerate(plan_chunks(batch.letters)):
                result = compile_chunk(batch.only(some), tagged=False)
                path = Path(folder) / f"{number}.pdf"
                path.write_bytes(result.pdf)
                pieces.append(Piece(path, result.spans))
            joined = Path(folder) / "proof.pdf"
            join_pack(pieces, joined)
            return watermarked(joined.read_bytes(), mark)
    except TypesettingError as error:
        raise ProductionFailed(error.message) from error


def watermarked(pdf: bytes, mark: bytes = PROOF) -> bytes:
    """Return a PDF with PROOF, or TEST, across every page, over all."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        stamp = opened.make_indirect(_stamp(opened, mark))
        for page in opened.pages:
            page.contents_coalesce()
            resources = page.obj.get("/Resources", pikepdf.Dictionary())
            name = page.add_resource(stamp, pikepdf.Name.XObject)
            page.obj["/Resources"] = page.obj.get("/Resources", resources)
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(f"\nQ\nq {name} Do Q".encode())
        written = BytesIO()
        opened.save(written, deterministic_id=True)
    return written.getvalue()


def _stamp(pdf: pikepdf.Pdf, mark: bytes) -> pikepdf.Object:
    stamp = pdf.make_stream(_WATERMARK % mark)
    stamp.Type = pikepdf.Name.XObject
    stamp.Subtype = pikepdf.Name.Form
    stamp.BBox = pikepdf.Array([0, 0, 596, 842])
    stamp.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            Helvetica=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name("/Helvetica-Bold"),
            )
        ),
        ExtGState=pikepdf.Dictionary(
            Watermark=pikepdf.Dictionary(ca=0.35, BM=pikepdf.Name.Multiply)
        ),
    )
    return stamp


def preview_pdf(batch: TypesetBatch, mark: bytes = PROOF) -> bytes:
    """Return the letters of a preview as one PDF, marked PROOF, or TEST."""
    try:
        return watermarked(compile_chunk(batch, tagged=False).pdf, mark)
    except TypesettingError as error:
        raise ProductionFailed(error.message) from error
