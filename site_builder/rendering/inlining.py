"""Calls of imported macros, replaced by what the macros print.

A call takes longer than most macros do. `{{ links.show(item) }}` prints what
`{% with item = item %}…the body of show…{% endwith %}` prints, as long as that body names nothing
but its parameters and what every template knows: only such macros are replaced.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.visitor import NodeTransformer

Macros = dict[str, nodes.Macro]
"""By the names by which a template calls them: "show", or "links.show" where imported."""


class Inliner(NodeTransformer):
    """Works on the tree of one template, which it changes."""

    def __init__(self, environment: Environment, imported: Callable[[str], Macros]) -> None:
        self._environment = environment
        self._imported = imported
        """Gives the `macros` of a template by its name."""
        self.macros: Macros = {}
        """Those of this template that can be replaced, by their own names."""
        self._known: Macros = {}
        self._taken: set[str] = set()
        """Names that stand for something else somewhere in the template."""

    def work(self, tree: nodes.Template) -> nodes.Template:
        """Replace calls in macros and blocks, from the top down."""
        self._taken = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        self._know_imports(list(tree.find_all(nodes.Import)))
        for macro in tree.body:
            # Macros that a file calls before it defines them are left as calls.
            if isinstance(macro, nodes.Macro):
                self.generic_visit(macro)
                if self._is_alone(macro):
                    self.macros[macro.name] = self._known[macro.name] = macro
        for block in tree.find_all(nodes.Block):
            self.generic_visit(block)
        return tree

    def _know_imports(self, imports: list[nodes.Import]) -> None:
        targets = Counter(node.target for node in imports)
        for node in imports:
            if targets[node.target] == 1 and isinstance(node.template, nodes.Const):
                for name, macro in self._imported(node.template.value).items():
                    self._known[f"{node.target}.{name}"] = macro

    def _is_alone(self, macro: nodes.Macro) -> bool:
        """Whether it names nothing but its parameters and what every template knows."""
        nothing: list[nodes.Expr] = [nodes.Const(None)] * len(macro.args)
        alone = nodes.Template([nodes.With(list(macro.args), nothing, macro.body)], lineno=1)
        alone.set_environment(self._environment)
        return not find_undeclared_variables(alone)

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        """Split at calls that can be replaced."""
        parts: list[nodes.Node] = []
        for child in node.nodes:
            if (body := self._body_of(child)) is not None:
                parts.append(body)
            elif parts and isinstance(parts[-1], nodes.Output):
                parts[-1].nodes.append(child)
            else:
                parts.append(nodes.Output([child], lineno=node.lineno))
        return parts

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:
        """Leave `{% autoescape … %}` alone: macros escape even where their caller does not."""
        return node

    def _body_of(self, call: nodes.Node) -> nodes.Node | None:
        """What a call prints; None for everything else."""
        if not isinstance(call, nodes.Call) or call.kwargs or call.dyn_args or call.dyn_kwargs:
            return None
        name = _name_of(call.node)
        macro = self._known.get(name)
        if macro is None or name.partition(".")[0] in self._taken:
            return None
        given, defaults = len(call.args), len(macro.args) - len(macro.defaults)
        if not defaults <= given <= len(macro.args):
            return None
        values: list[Any] = [*call.args, *macro.defaults[given - defaults :]]
        return nodes.With(
            macro.args, values, macro.body, lineno=call.lineno, environment=self._environment
        )


def _name_of(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return ""
