"""The view of one entity: what its templates print of it in every layer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from bot.documents.entities.entity_specs import Entity
from bot.generation.accounts import AccountView
from bot.generation.fields import FieldView
from bot.generation.guarded_links import GuardedLink
from bot.generation.kinds.structures import JsonObject
from bot.generation.queries import ListView
from bot.generation.references import ChildView, ParentView
from bot.generation.relations import IncludeView, LinkView, TableView
from bot.generation.rule_views import RulesView
from bot.generation.values import Expression, Identifier, PythonLiteral, SlugOrPath, Words

__all__ = ["ROWS", "EntityView", "declared_by_model"]

ROWS = 3
"""How many rows the tests of lists create, where unique values allow it."""
PAGE_SIZE = 2
WITHOUT_LINKS = 2
"""Where no more rows can be made than these, links are not tried."""


@dataclass(frozen=True)
class EntityView:
    """An entity in every layer."""

    entity: Entity
    name: Identifier
    module: Identifier
    collection: Identifier
    label: Words
    one: Words
    plural: Words
    table: PythonLiteral
    path: PythonLiteral
    tag: PythonLiteral
    key: FieldView
    key_annotation: Expression
    key_type: Expression
    key_as_json: Expression
    missing_key: PythonLiteral
    fields: tuple[FieldView, ...]
    list: ListView
    parents: tuple[ParentView, ...]
    rules: RulesView
    links: tuple[LinkView, ...] = ()
    guarded_links: tuple[GuardedLink, ...] = ()
    """Relations to rows that are left to owners: its own, and those of rows that reads may include."""
    written: tuple[FieldView, ...] = ()
    """What clients give and no column keeps: the password of an account."""
    account: AccountView | None = None
    """What is known of the entity as an account; None of every other."""
    children: tuple[ChildView, ...] = ()
    rows: int = ROWS
    imports: dict[str, tuple[Expression, ...]] = field(default_factory=dict)

    @cached_property
    def given(self) -> tuple[FieldView, ...]:
        """Return the fields that clients give."""
        return (*(item for item in self.fields if item.is_given), *self.written)

    @cached_property
    def answered(self) -> tuple[FieldView, ...]:
        """Return the fields that clients receive."""
        return tuple(item for item in self.fields if not item.field.is_secret)

    @property
    def private_includes(self) -> tuple[IncludeView, ...]:
        """Return the inclusions that show accounts; those of the account itself are guarded with all its routes."""
        return tuple(item for item in self.list.includes if item.is_private) if self.account is None else ()

    @cached_property
    def plain(self) -> tuple[FieldView, ...]:
        """Return the fields that clients give and that name no other row."""
        return tuple(item for item in self.given if item.data_key is None)

    @cached_property
    def required_plain(self) -> tuple[FieldView, ...]:
        """Return the fields without which nothing can be created, references left out."""
        return tuple(item for item in self.plain if not item.has_default)

    @cached_property
    def defaults(self) -> tuple[FieldView, ...]:
        """Return the fields that have a known value where a client leaves them out."""
        return tuple(item for item in self.plain if item.default is not None)

    @cached_property
    def objects(self) -> tuple[FieldView, ...]:
        """Return the fields that clients give and that hold JSON of any content."""
        return tuple(item for item in self.plain if isinstance(item.kind, JsonObject))

    @cached_property
    def uniques(self) -> tuple[FieldView, ...]:
        """Return the fields whose values are unique; the key is not one of them."""
        return tuple(item for item in self.fields if item.field.unique and not item.field.primary_key)

    @property
    def softly_unique(self) -> tuple[FieldView, ...]:
        """Return the fields whose values are unique among the rows that are not deleted."""
        return self.uniques if self.entity.is_deleted_softly else ()

    @property
    def is_writable(self) -> bool:
        """Tell whether clients write the rows."""
        return self.entity.is_writable

    @property
    def is_deleted_softly(self) -> bool:
        """Tell whether deleted rows stay in the table."""
        return self.entity.is_deleted_softly

    @property
    def is_audited(self) -> bool:
        """Tell whether rows say who created and changed them."""
        return any(item.field.is_kept_by_service and item.field.feature == "audit" for item in self.fields)

    @property
    def path_text(self) -> SlugOrPath:
        """Return the path for prose."""
        return SlugOrPath(self.entity.api_path)

    @property
    def table_name(self) -> Identifier:
        """Return the table's name as part of other names."""
        return Identifier(self.entity.table)

    @property
    def taken(self) -> tuple[FieldView, ...]:
        """Return the fields whose values tests try to take twice, where there is room for two rows."""
        return tuple(item for item in self.plain if item.field.unique) if self.rows > 1 else ()

    @property
    def indexed(self) -> tuple[FieldView, ...]:
        """Return the fields with an index of their own."""
        return tuple(
            item
            for item in self.fields
            if (item.field.index or item.data_key is not None) and not item.field.unique and not item.field.primary_key
        )

    @property
    def stamped(self) -> bool:
        """Tell whether the entity takes both its time stamps from the mixin."""
        return is_stamped(self.fields)

    @property
    def own_fields(self) -> tuple[FieldView, ...]:
        """Return the fields that the model declares itself."""
        return declared_by_model(self.fields)

    @property
    def mixins(self) -> tuple[Identifier, ...]:
        """Return the mixins that bring the other fields, in the order of their names."""
        brought = {
            "AuditMixin": self.is_audited,
            "SoftDeleteMixin": self.is_deleted_softly,
            "TimestampMixin": self.stamped,
        }
        return tuple(Identifier(name) for name, is_there in brought.items() if is_there)

    @property
    def varies(self) -> bool:
        """Tell whether the factory counts its rows."""
        return any(item.is_varied for item in self.plain)

    @property
    def changed(self) -> FieldView:
        """Return the field that tests change: one with another good value, and apart from rules, if there is any."""
        candidates = sorted(self.changeable, key=self.rules.closeness)
        return next((item for item in candidates if len(item.examples) > 1), candidates[0])

    @property
    def changeable(self) -> tuple[FieldView, ...]:
        """Return the fields that tests may change without changing others: an address brings its verification."""
        return tuple(item for item in self.plain if item.field.name != "email") or self.plain or self.given

    @property
    def changed_follow(self) -> tuple[PythonLiteral, ...]:
        """Return the derived fields, where the field that tests change may change them too."""
        return self.rules.derived_keys if self.rules.closeness(self.changed) > 1 else ()

    @property
    def optional(self) -> FieldView | None:
        """Return the first field that may be null, or None."""
        steady = (item for item in self.given if item.field.name not in self.rules.status_names)
        return next((item for item in steady if item.field.optional), None)

    @property
    def required_parents(self) -> tuple[ParentView, ...]:
        """Return the references that every row needs."""
        return tuple(parent for parent in self.parents if parent.required)

    @property
    def required_parent_modules(self) -> tuple[ParentView, ...]:
        """Return one reference for each other entity that every row needs."""
        return tuple({parent.name.text: parent for parent in self.required_parents}.values())

    @property
    def child_modules(self) -> tuple[ChildView, ...]:
        """Return one reference for each other entity that refers to this one."""
        others = [child for child in self.children if child.module != self.module]
        return tuple({child.module.text: child for child in others}.values())

    @property
    def answer(self) -> Identifier:
        """Return the schema that reads answer with."""
        return Identifier(f"{self.name.text}{'Detail' if self.list.includes else 'Read'}")

    @property
    def capital_one(self) -> Words:
        """Return the entity with its article, at the beginning of a sentence."""
        return Words(self.one.text[:1].upper() + self.one.text[1:])

    @property
    def capital_plural(self) -> Words:
        """Return the plural, at the beginning of a sentence."""
        return Words(self.plural.text[:1].upper() + self.plural.text[1:])

    @property
    def resolves(self) -> bool:
        """Tell whether values name other rows."""
        return bool(self.parents or self.links)

    @property
    def resolved_modules(self) -> tuple[ParentView | LinkView, ...]:
        """Return one reference or link for each other entity whose rows values name."""
        named: list[ParentView | LinkView] = [*self.parents, *self.links]
        return tuple({view.module.text: view for view in named if view.module != self.module}.values())

    @property
    def guards_links(self) -> bool:
        """Tell whether not everybody may write all of its links."""
        return any(link.is_own for link in self.guarded_links)

    @property
    def service_modules(self) -> tuple[ParentView | LinkView | GuardedLink, ...]:
        """Return one of each other entity whose class the service names."""
        named: list[ParentView | LinkView | GuardedLink] = [*self.resolved_modules, *self.guarded_links]
        return tuple({view.module.text: view for view in named if view.module != self.module}.values())

    @property
    def linked_rules(self) -> tuple[GuardedLink, ...]:
        """Return one link for each other entity whose rules the service asks."""
        return tuple({link.rules.text: link for link in self.guarded_links if link.is_imported}.values())

    @property
    def loaded_modules(self) -> tuple[IncludeView, ...]:
        """Return one inclusion for each other entity that the repository names."""
        views = [view for view in self.included_modules if view.nested or view.link]
        return tuple(views)

    @property
    def included_modules(self) -> tuple[IncludeView, ...]:
        """Return one inclusion for each other entity."""
        views = [view for view in self.list.includes if view.module != self.module]
        return tuple({view.module.text: view for view in views}.values())

    @property
    def listed_modules(self) -> tuple[ParentView | IncludeView, ...]:
        """Return a reference or an inclusion for each other entity that the tests of lists make rows of."""
        named: list[ParentView | IncludeView] = [*self.parents, *self.list.includes]
        return tuple({view.module.text: view for view in named if view.module != self.module}.values())

    @property
    def tries_links(self) -> bool:
        """Tell whether the tests of lists link rows, look for them, and delete them."""
        return any(self.tries_links_to(link.module) for link in self.links)

    @property
    def includes_links(self) -> bool:
        """Tell whether reads may include linked rows."""
        return any(include.link for include in self.list.includes)

    def tries_links_to(self, module: Identifier) -> bool:
        """Tell whether the tests of lists delete linked rows of an entity."""
        return self.rows > WITHOUT_LINKS and any(link.module == module and link.rows > 1 for link in self.links)

    @property
    def restored_modules(self) -> tuple[ParentView | ChildView | IncludeView, ...]:
        """Return one of each other entity that the tests of deleted rows make rows of."""
        carried = (view for view in self.list.includes if view.field is None)
        kept = (child for child in self.children if child.restricts)
        named: list[ParentView | ChildView | IncludeView] = [*self.parents, *kept, *carried]
        return tuple({view.module.text: view for view in named if view.module != self.module}.values())

    @property
    def is_restored_with_others(self) -> bool:
        """Tell whether the tests of deleted rows store rows of the entity beside those of others."""
        kept = any(child.restricts for child in self.children)
        return kept or bool(self.parents or self.links) or any(view.field is None for view in self.list.includes)

    @property
    def is_closed(self) -> bool:
        """Tell whether only those who manage accounts see all rows: accounts, the trail, and what some alone read."""
        return self.account is not None or not self.is_writable or self.rules.hides_rows

    @property
    def link_names(self) -> PythonLiteral:
        """Return the names of the relations that hold linked rows."""
        return PythonLiteral.of(sorted(link.relation.text for link in self.links))

    @property
    def association_tables(self) -> tuple[TableView, ...]:
        """Return the tables of pairs that the entity's model declares."""
        return tuple(link.table for link in self.links if link.table is not None)

    @property
    def pages(self) -> int:
        """Return how many pages of two the rows of the tests fill."""
        return -(-self.rows // PAGE_SIZE)


def is_stamped(fields: tuple[FieldView, ...]) -> bool:
    """Tell whether fields hold both time stamps that the mixin brings."""
    return {item.field.name for item in fields if item.mixed_in} == {"created_at", "updated_at"}


def declared_by_model(fields: tuple[FieldView, ...]) -> tuple[FieldView, ...]:
    """Return the fields that no mixin brings."""
    stamped = is_stamped(fields)
    return tuple(item for item in fields if not (stamped and item.mixed_in) and not item.field.is_kept_by_service)
