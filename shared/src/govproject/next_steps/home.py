"""The first page of a service: its projects, each leading to what is missing for its next step."""

from collections.abc import Mapping
from html import escape
from typing import Annotated, Any

from fastapi import APIRouter, Response

from govproject.next_steps.places import SERVICES, page_path
from govproject.next_steps.steps import NextSteps
from govproject.service import Service
from govproject.web import pages
from govproject.web.access import Read, look_as
from govproject.web.paging import Page, PageQuery

AnyLooker = Annotated[Read, look_as()]

_STYLE = """
ol.projects { list-style: none; padding: 0; }
ol.projects li { padding: .5rem 0; margin: 0; border-bottom: 1px solid var(--line); }
"""


def router(service: Service, steps: NextSteps) -> APIRouter:
    """The one route."""
    made = APIRouter(include_in_schema=False)

    @made.get(pages.HOME)
    def show_projects(paging: PageQuery, look: AnyLooker) -> Response:
        """List the projects that the caller may see."""
        found = look.find(steps.listed, paging)
        urls = look.context.settings.service_urls
        others = {name: url for name, url in urls.items() if name != service.name}
        return pages.answer(_page(service.title, found, others))

    return made


def _page(title: str, found: Page[Any], others: Mapping[str, str]) -> str:
    links = "".join(
        f'<li><a href="{escape(url)}{pages.HOME}">{SERVICES[name]}</a></li>'
        for name, url in others.items()
        if name in SERVICES
    )
    elsewhere = f"<h2>其他系统</h2><ul>{links}</ul>" if links else ""
    items = "".join(f"<li>{_project(each)}</li>" for each in found.items)
    shown = f'<ol class="projects">{items}</ol>' if items else "<p>没有可以查看的项目。</p>"
    onward = (
        f'<p><a href="{pages.HOME}?cursor={escape(found.next_cursor)}">下一页</a></p>'
        if found.next_cursor
        else ""
    )
    body = f"<p>点击项目名称，查看下一环节还缺什么。</p>{shown}{onward}{elsewhere}"
    return pages.document(f"{title}：项目列表", body, style=_STYLE)


def _project(listed: Any) -> str:
    name = escape(listed.project_name or "（名称尚未同步）")
    unit = escape(listed.unit or "（项目单位尚未同步）")
    return f'<a href="{page_path(listed.id)}">{name}</a><p class="quiet">{unit}</p>'
