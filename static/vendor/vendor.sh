#!/bin/sh
# Makes every folder of static/vendor from the packages on npm. Only a maintainer
# runs it, to move to a new version; installing Housing+ needs neither npm nor Node.
#
# To move a package: change its version and the sha256 of its tarball below
# (`npm pack NAME@VERSION && sha256sum *.tgz`), run this script, change the
# version in templates/base.html, delete the old folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch NAME VERSION FILE SHA256: unpacks into $work/FILE
fetch() {
    (cd "$work" && npm pack --silent "$1@$2" >/dev/null)
    echo "$4  $work/$3-$2.tgz" | sha256sum --check --quiet
    mkdir -p "$work/$3"
    tar -xzf "$work/$3-$2.tgz" -C "$work/$3" --strip-components=1
}

# into NAME VERSION: an empty folder for the files of one package
into() {
    target="$here/$1/$2"
    rm -rf "$target"
    mkdir -p "$target"
}

mit() {
    cat <<LICENCE
MIT License

$1

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
LICENCE
}

fetch govuk-frontend 6.6.0 govuk-frontend \
    52c4eb554e54d8a6e4ba801e9da5ec3a5b930fd2f117a39677f0b6296e954751
into govuk-frontend 6.6.0
cp "$work/govuk-frontend/dist/govuk/govuk-frontend.min.css" \
    "$work/govuk-frontend/dist/govuk/govuk-frontend.min.js" "$target"
mit "Copyright (C) 2017 Crown Copyright (Government Digital Service)" >"$target/LICENSE.txt"

fetch @ministryofjustice/frontend 11.1.0 ministryofjustice-frontend \
    9ec6ccf0739cefee1fdc663ca61387204dcf3fd9bfcfafa8b9159d993f38984b
into moj-frontend 11.1.0
cp "$work/ministryofjustice-frontend/moj/moj-frontend.min.css" "$target"
mit "Copyright (c) 2021 dxw and Crown Copyright (Ministry of Justice)" >"$target/LICENSE.txt"

fetch leaflet 1.9.4 leaflet \
    84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77
into leaflet 1.9.4
cp -r "$work/leaflet/dist/leaflet.css" "$work/leaflet/dist/leaflet.js" \
    "$work/leaflet/dist/images" "$target"
cp "$work/leaflet/LICENSE" "$target/LICENSE.txt"

fetch htmx.org 2.0.11 htmx.org \
    165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e
into htmx 2.0.11
cp "$work/htmx.org/dist/htmx.min.js" "$target"
cp "$work/htmx.org/LICENSE" "$target/LICENSE.txt"

fetch accessible-autocomplete 3.0.1 accessible-autocomplete \
    de2728ef0091ad5ed557c749f2e6a3260169fc7a9fe671471a57daa61ec43554
into accessible-autocomplete 3.0.1
cp "$work/accessible-autocomplete/dist/accessible-autocomplete.min.css" \
    "$work/accessible-autocomplete/dist/accessible-autocomplete.min.js" "$target"
cp "$work/accessible-autocomplete/LICENSE.txt" "$target"

python3 "$here/adapt.py" "$here"

for folder in "$here"/*/*/; do
    (cd "$folder" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort |
        xargs sha256sum >SHA256SUMS)
done
echo "Vendored into $here"
