"""Load rules and adapters: the built-in ones first, then departments', all by the same door.

A department may add findings, never remove one: hook wrappers, `tryfirst`/`trylast`, unknown hooks
and unknown arguments are refused when the plugin is loaded, with a sentence that says why. So is a
plugin without any hook: a rule whose decorator was forgotten must not be missing in silence.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from govproject import hookspecs
from govproject.regulation.rule import RuleInfo
from govproject.regulation.text import TITLE, quotes

PROJECT = "govproject"
ENTRY_POINTS = "govproject.plugins"

_BUILT_IN = "govproject_"


class PluginError(Exception):
    """A plugin that must not be loaded. The message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule as loaded: who brought it, what it is called and how to call it."""

    plugin: str
    rule: str
    function: Callable[..., Any]
    arguments: tuple[str, ...]
    info: RuleInfo | None

    @property
    def is_built_in(self) -> bool:
        """Whether it came with the service rather than from a department."""
        return self.plugin.startswith(_BUILT_IN)


class Plugins:
    """A loaded set of plugins."""

    def __init__(self, manager: pluggy.PluginManager) -> None:
        self._manager = manager

    def checks(self, hook: str) -> Iterator[Check]:
        """The rules behind a check hook, built-in ones first, in the order of loading."""
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            function = implementation.function
            info = getattr(function, "__rule__", None)
            yield Check(
                plugin=implementation.plugin_name,
                rule=info.id if info else function.__name__,
                function=function,
                arguments=tuple(implementation.argnames),
                info=info,
            )

    @property
    def adapters(self) -> Any:
        """The hooks that connect to systems of the site, as pluggy calls them."""
        return self._manager.hook

    @property
    def names(self) -> tuple[str, ...]:
        """What is loaded, in the order of loading."""
        return tuple(name for name, _ in self._manager.list_name_plugin())


def load(
    built_in: Iterable[ModuleType],
    *,
    folder: Path | None = None,
    installed: bool = True,
) -> Plugins:
    """Load built-in modules, then installed plugins (entry points), then a folder's `.py` files.

    Args:
        built_in: rule and adapter modules of the service.
        folder: a departments' plugins folder; files are loaded in order of name.
        installed: whether to load the entry points of group `govproject.plugins`.

    Raises:
        PluginError: a plugin cannot be imported or does what plugins must not do.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    for module in built_in:
        _register(manager, module, module.__name__)
    if installed:
        for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda e: e.name):
            _register_department(manager, _imported(entry.name, entry.load), entry.name)
    if folder is not None:
        for path in _python_files(folder):
            module = _imported(path.name, partial(_from_file, path))
            _register_department(manager, module, path.stem)
    return Plugins(manager)


def _python_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise PluginError(f"the plugins folder {folder} is not a folder")
    return sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))


def _imported(name: str, importing: Callable[[], Any]) -> Any:
    try:
        return importing()
    except (Exception, SystemExit) as error:
        raise PluginError(
            f"plugin {name} cannot be imported: {type(error).__name__}: {_one_line(error)}"
        ) from error


def _from_file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"govproject_plugin_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    # As an import statement does it: dataclasses and pydantic look their module up there.
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[spec.name]
        raise
    return module


def _register_department(manager: pluggy.PluginManager, plugin: Any, name: str) -> None:
    if name.startswith(_BUILT_IN):
        raise PluginError(
            f"plugin {name}: names that begin with {_BUILT_IN} are the suite's own; rename it"
        )
    taken = _rules(manager)
    for info in _rules_in(plugin):
        if not hasattr(manager.hook, f"check_{info.gate}"):
            raise PluginError(
                f"plugin {name}: there is no gate {info.gate!r} for {info.id}; "
                f"the gates are {', '.join(_gates(manager))}"
            )
        if info.citation.source == TITLE and not quotes(info.citation.article, info.citation.quote):
            raise PluginError(
                f"plugin {name}: {info.id} quotes words that Article {info.citation.article} "
                "does not say; quote the article, or name your own document as source"
            )
        if other := taken.get((info.gate, info.id)):
            raise PluginError(
                f"plugin {name}: {other} already brings a rule {info.id} for the gate {info.gate}; "
                "rename or remove one, so that an exception from one does not lift the other"
            )
    _register(manager, plugin, name)
    for hook in manager.get_hookcallers(plugin) or ():
        for implementation in hook.get_hookimpls():
            is_check = hook.name.startswith("check_") and implementation.plugin is plugin
            if is_check and not hasattr(implementation.function, "__rule__"):
                raise PluginError(
                    f"plugin {name}: {implementation.function.__name__} answers {hook.name} "
                    "without @rule; every refusal must cite what it rests on"
                )
    if not manager.get_hookcallers(plugin):
        raise PluginError(
            f"plugin {name} brings no rule and no adapter; decorate its functions with @rule or "
            "@hookimpl, or start a helper file's name with an underscore"
        )


def _register(manager: pluggy.PluginManager, plugin: Any, name: str) -> None:
    _refuse_what_silences(manager, plugin, name)
    try:
        manager.register(plugin, name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        raise PluginError(f"plugin {name} does not fit the hooks: {_one_line(error)}") from error


def _rules_in(plugin: Any) -> Iterator[RuleInfo]:
    for value in vars(plugin).values() if hasattr(plugin, "__dict__") else ():
        if isinstance(info := getattr(value, "__rule__", None), RuleInfo):
            yield info


def _rules(manager: pluggy.PluginManager) -> dict[tuple[str, str], str]:
    """Which plugin brings which rule of which gate."""
    return {
        (info.gate, info.id): name
        for name, plugin in manager.list_name_plugin()
        for info in _rules_in(plugin)
    }


def _gates(manager: pluggy.PluginManager) -> list[str]:
    return [name.removeprefix("check_") for name in vars(manager.hook) if name.startswith("check_")]


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _refuse_what_silences(manager: pluggy.PluginManager, plugin: Any, name: str) -> None:
    for attribute in dir(plugin):
        options = manager.parse_hookimpl_opts(plugin, attribute)
        if options is None:
            continue
        for trick in ("wrapper", "hookwrapper", "tryfirst", "trylast", "optionalhook"):
            if options.get(trick):
                raise PluginError(
                    f"plugin {name}: {attribute} uses {trick}, which could silence other rules; "
                    "plain hook functions only"
                )
