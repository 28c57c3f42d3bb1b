"""Component tags and filters, in every template without `{% load %}`.

docs/components.md lists them with examples.
"""

from django import template

from housingplus.govuk.components import lists, parts, small, words
from housingplus.govuk.sentences import plain_sentence

register = template.Library()

for word_filter in (words.govdate, words.govdatetime, words.phone, plain_sentence):
    register.filter(word_filter)

for tag in (
    words.council_name,
    small.tag_for,
    small.button,
    small.row,
    lists.result_count,
    lists.tick_header,
    lists.tick,
    lists.select_buttons,
    parts.breadcrumbs,
    parts.timeline,
    parts.progress,
    parts.progress_refresh,
    parts.error_summary,
    parts.error_prefix,
):
    register.simple_tag(tag)

for tag_with_context in (
    lists.sort_header,
    lists.paginate,
    lists.csv_link,
    parts.subnav,
    parts.block_text,
):
    register.simple_tag(tag_with_context, takes_context=True)

for block_tag in (
    small.inset,
    small.warning,
    small.details,
    small.fieldset,
    small.summary_list,
    small.empty_state,
):
    register.simple_block_tag(block_tag)
