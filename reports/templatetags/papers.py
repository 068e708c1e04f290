"""Links by which the pages of other rooms lead to a paper about what they show."""

from urllib.parse import urlencode

from django import template

from reports.permissions import can_build

register = template.Library()


@register.inclusion_tag("reports/_paper_button.html", takes_context=True)
def paper_button(context, kind, organisation, label, *about, size="", **answers):
    """A button `label` that asks for the paper `kind` (as it stands in addresses) of `organisation`; nothing for those who may not build it.

    `about`: what makes the key of the choice (reports.subjects), a row's id or two; `size` "sm" for a row of small buttons; `answers` to the kind's
    own questions that the page knows already.
    """
    query = urlencode({"about": "-".join(map(str, about))} | answers)
    return {"may_build": can_build(context["request"].user, organisation), "kind": kind, "query": query, "label": label, "size": size}
