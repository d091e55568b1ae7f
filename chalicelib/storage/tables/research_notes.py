"""The table of research notes."""

from collections.abc import Callable, Sequence

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.paging import MAX_READ, page_of
from chalicelib.model.research_notes import ResearchNote, ResearchNotePage
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.storage.tables.table import Item, bind
from chalicelib.storage.tables.transaction import Transactions


class NotesByCreator(GlobalSecondaryIndex["ResearchNoteItem"]):
    """The DynamoDB index of research notes by the user who wrote them."""

    class Meta:
        index_name = "by_creator"
        projection = KeysOnlyProjection()

    created_by = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ResearchNoteItem(Item):
    """The DynamoDB item of a research note."""

    class Meta:
        table_name = ""

    owner_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    created_by = UnicodeAttribute()
    topic = UnicodeAttribute()
    data: JSONAttribute = JSONAttribute()
    image_ids: JSONAttribute = JSONAttribute()
    created_at = UTCDateTimeAttribute()
    by_creator = NotesByCreator()


class ResearchNotesTable:
    """The DynamoDB table of research notes. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str, transactions: Transactions) -> None:
        self.items = bind(ResearchNoteItem, table, region)
        self._transactions = transactions

    def add(self, note: ResearchNote, events: Sequence[AuditEvent], usage: UsageChange | None = None) -> None:
        """Store a new note together with audit events and the usage of its writer's account.

        Raises UsageRefused, and PynamoDBException, also if the owner has a note with this id.
        """
        item = self.items(
            note.owner_id,
            note.id,
            created_by=note.created_by,
            topic=note.topic,
            data=dict(note.data),
            image_ids=list(note.image_ids),
            created_at=note.created_at,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=ResearchNoteItem.id.does_not_exist())

        self._transactions.commit(write, events, usage=usage)

    def get(self, owner_id: str, note_id: str) -> ResearchNote | None:
        """Return the owner's note with this id, or None."""
        try:
            return _note(self.items.get(owner_id, note_id, consistent_read=True))
        except self.items.DoesNotExist:
            return None

    def list(
        self, owner_id: str, limit: int, before_id: str | None, wanted: Callable[[ResearchNote], bool]
    ) -> ResearchNotePage:
        """Return a page of up to limit wanted notes of an owner, newest first.

        The page starts after the note before_id, which is excluded, or with the newest note if before_id is None.
        """
        older = None if before_id is None else ResearchNoteItem.id < before_id
        found = self.items.query(owner_id, older, scan_index_forward=False, limit=MAX_READ, page_size=limit + 1)
        return page_of((_note(item) for item in found), before_id, limit, wanted)

    def delete(self, note: ResearchNote, events: Sequence[AuditEvent] = ()) -> bool:
        """Delete a note, which no longer counts to its writer's account, together with audit events.

        Return False if it does not exist.
        """

        def write(transaction: TransactWrite) -> None:
            transaction.delete(self.items(note.owner_id, note.id), condition=ResearchNoteItem.id.exists())

        change = UsageChange(user_id=note.created_by, by=PerLimit(research_notes=-1))
        return self._transactions.write(write, events, usage=change)

    def count_of_account(self, user_id: str) -> int:
        """Return how many notes a user has written, also in projects, from an index that may lag behind."""
        return self.items.by_creator.count(user_id)


def _note(item: ResearchNoteItem) -> ResearchNote:
    return ResearchNote(
        item.owner_id, item.id, item.created_by, item.topic, item.data, tuple(item.image_ids), item.created_at
    )
