"""Tags of a pack: those of its chunks, under one document in the order of its pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from xml.sax.saxutils import escape

import pikepdf

# Of the document; what is in another language says so itself.
LANGUAGE = "en-GB"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


_Number = tuple[int, int]


def is_tagged(source: pikepdf.Pdf) -> bool:
    """Whether a file has a structure tree."""
    return "/StructTreeRoot" in source.Root


class PackTags:
    """Gathers the tags of a pack while its pages are copied from their sources."""

    def __init__(self, pack: pikepdf.Pdf) -> None:
        self.pack = pack
        self.roles = pikepdf.Dictionary()
        # By page of the pack: the elements that begin on it, below the document,
        self.elements: dict[_Number, list[pikepdf.Object]] = defaultdict(list)
        # what the parent tree says of it, and of each of its annotations.
        self.parents: dict[_Number, list[pikepdf.Object]] = {}

    def take(self, source: pikepdf.Pdf, pages: Iterable[pikepdf.Object]) -> None:
        """Copy the tags of `source` on `pages`, which were copied from it before.

        What it says of other pages is left behind: nothing refers to it.
        """
        tree = self.pack.copy_foreign(source.Root.StructTreeRoot)
        for name, role in tree.get("/RoleMap", pikepdf.Dictionary()).items():
            self.roles[name] = role
        language = str(source.Root.Lang)
        for document in _children(tree):
            for element in _children(document):
                if language != LANGUAGE and "/Lang" not in element:
                    element.Lang = language
                if begins_on := _first_page(element):
                    self.elements[begins_on].append(element)
        parents = dict(pikepdf.NumberTree(tree.ParentTree).items())
        for page in pages:
            self.parents[page.objgen] = [
                parents[int(page.StructParents)],
                *(parents[int(note.StructParent)] for note in _tagged_notes(page)),
            ]

    def write(self, pages: Iterable[pikepdf.Object], *, title: str) -> None:
        """Put the tags into the pack, in the order of its `pages`.

        A page of our own among them (a blank back) shows nothing and has none.
        """
        document = self.pack.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document)
        )
        kids: list[pikepdf.Object] = []
        numbers: list[int | pikepdf.Object] = []
        for page in pages:
            for element in self.elements.get(page.objgen, ()):
                element.P = document
                kids.append(element)
            own, *of_notes = self.parents.get(page.objgen, [pikepdf.Array()])
            page.StructParents = len(numbers) // 2
            numbers += [len(numbers) // 2, own]
            for note, parent in zip(_tagged_notes(page), of_notes, strict=True):
                note.StructParent = len(numbers) // 2
                numbers += [len(numbers) // 2, parent]
        document.K = pikepdf.Array(kids)
        document.P = self.pack.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructTreeRoot,
                K=pikepdf.Array([document]),
                RoleMap=self.roles,
                ParentTree=pikepdf.Dictionary(Nums=pikepdf.Array(numbers)),
                ParentTreeNextKey=len(numbers) // 2,
            )
        )
        _describe(self.pack, document.P, title)


def _describe(pack: pikepdf.Pdf, tree: pikepdf.Object, title: str) -> None:
    """Say in the file what it is: tagged, PDF/UA-1, its language and its title."""
    pack.Root.StructTreeRoot = tree
    pack.Root.Lang = pikepdf.String(LANGUAGE)
    pack.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pack.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    metadata = pack.make_stream(_XMP.format(title=escape(title)).encode())
    metadata.Type = pikepdf.Name.Metadata
    metadata.Subtype = pikepdf.Name.XML
    pack.Root.Metadata = metadata
    pack.docinfo["/Title"] = title


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Elements directly under another; marks and annotations are none."""
    below = element.get("/K", pikepdf.Array())
    kids = below if isinstance(below, pikepdf.Array) else [below]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _tagged_notes(page: pikepdf.Object) -> list[pikepdf.Object]:
    """Annotations of a page, such as links, that the structure tells of."""
    return [note for note in page.get("/Annots", ()) if "/StructParent" in note]


def _first_page(element: pikepdf.Object) -> _Number | None:
    """The page an element begins on: its own, or that of the first thing in it."""
    while "/Pg" not in element:
        below = element.get("/K")
        if isinstance(below, pikepdf.Array):
            below = below[0] if len(below) else None
        if not isinstance(below, pikepdf.Dictionary):
            return None
        element = below
    return element.Pg.objgen
