"""A table of lines, each with a tone: a bar, a ground and bold words where something is wrong, its sign in front."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import ceil

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)  # fmt: skip

from widgets.desk_texts import LineText
from widgets.faces import Side, centred_baseline, shortened, width_of, write
from widgets.focus import draw_focus
from widgets.menus import unmarked
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.tables.beginning import beginning
from widgets.tables.column_room import ColumnRoom
from widgets.tables.frozen_table import FrozenTable
from widgets.tables.keyed_model import ITEM, Index
from widgets.tables.line_deeds import LineDeeds
from widgets.tables.lines_model import LinesModel
from widgets.tile import hatch_brush
from widgets.tips import plain
from widgets.tones import Tone

ROW, TEXT, INSET = 32, 14.0, 12
MANY = 200
"""Of a longer table only so many lines are looked at for how wide its columns must be."""
ALARMING = (Tone.WARN, Tone.CRITICAL)
_FLAGS = QItemSelectionModel.SelectionFlag


class _Painter(QStyledItemDelegate):
    """Draws a cell as part of its line."""

    def __init__(self, table: LinesTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: LineText = index.data(ITEM)
        table, rect = self._table, QRectF(option.rect)
        colours = table.colours.greyed if line.stale else table.colours
        column = index.column()
        alarming = line.tone in ALARMING
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        loud, own = alarming and not line.acknowledged, _own_tone(line, column)
        before, after, bold = table.about(line, column)
        painter.save()
        ground = colours.ground(line.tone) if loud else colours.infobg if chosen else colours.panel
        painter.fillRect(rect, ground)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)
        first = index.column() == 0
        if (alarming or line.tone is Tone.INFO) and first:
            painter.fillRect(QRectF(rect.left(), rect.top(), 5, rect.height()), colours.edge(line.tone))
        coloured = own is not Tone.CALM and (not line.signed or bool(line.tones))
        ink = colours.low if line.faint or column in line.muted else colours.text(own) if coloured else colours.hi
        size, left = TEXT, rect.left() + before
        baseline = centred_baseline(rect.center().y(), size)
        if line.signed and first and (table.lit or not line.urgent or line.stale):
            centre = QPointF(rect.left() + 22, rect.center().y())
            draw_sign(painter, line.tone, centre, 19, colours, solid=not line.acknowledged)
        words = shortened(index.data() or "", size, bold, rect.right() - left - after)
        if column in table.lines.right:
            write(painter, rect.right() - 6, baseline, words, size, ink, bold, Side.RIGHT)
        else:
            write(painter, left, baseline, words, size, ink, bold)
        if table.deeds is not None and column == table.lines.columnCount() - 1:
            table.deeds.paint(painter, rect, line, colours)
        if line.stale:
            painter.fillRect(rect, hatch_brush(table.colours.hatch.rgba(), 1.0, painter.deviceTransform().m11()))
        if chosen:
            self._paint_chosen(painter, rect, index, table)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tell what a cell has no room for, before what else there is to tell of its line."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain(self._table.told_of(index, option.rect.width())), view)
        return True

    def _paint_chosen(self, painter: QPainter, rect: QRectF, index: Index, table: LinesTable) -> None:
        """A frame about the whole line, stronger while the keyboard is here."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(table.colours.info, 2.5 if table.hasFocus() else 1.5))
        inside = rect.adjusted(0, 1, 0, -2)
        painter.drawLine(inside.topLeft(), inside.topRight())
        painter.drawLine(inside.bottomLeft(), inside.bottomRight())
        if index.column() == 0:
            painter.drawLine(inside.topLeft() + QPointF(1, 0), inside.bottomLeft() + QPointF(1, 0))
        if index.column() == table.model().columnCount() - 1:
            painter.drawLine(inside.topRight() - QPointF(1, 0), inside.bottomRight() - QPointF(1, 0))


def _own_tone(line: LineText, column: int) -> Tone:
    return line.tones[column] if column < len(line.tones) else line.tone


class LinesTable(FrozenTable):
    """Lines to be read, chosen and opened.

    Signals: `chosen(str)` with the key of the selected line, empty when it is gone; `opened(str)` on Enter or a double
    click; `cell_opened(str, int)` with it, and the column; `sort_asked(int)` when a title of a table that can be sorted
    is pressed; `menu_asked(str, int, QPoint)` with line, column and where on the screen a menu may open;
    `turned(bool)` on the right arrow (True) and the left one.
    """

    chosen = Signal(str)
    opened = Signal(str)
    cell_opened = Signal(str, int)
    sort_asked = Signal(int)
    menu_asked = Signal(str, int, QPoint)
    turned = Signal(bool)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._empty = ""
        self.lit = True
        """Whether the signs of urgent lines are shown at this moment."""
        self.deeds: LineDeeds | None = None
        self.whole: Callable[[Callable[[], None]], None] | None = None
        """Where lines come as they are scrolled to: has the rest brought, then calls what is given to it."""
        self.sorting: QMenu | None = None
        """By what the lines can be sorted, where they can."""
        self.lines = LinesModel()
        self.lines.setParent(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setSectionsClickable(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room = ColumnRoom(self, self._needed)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.doubleClicked.connect(self._on_double_clicked)
        self.customContextMenuRequested.connect(self._on_menu)

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        self.colours = palette
        self.viewport().update()

    def set_columns(self, titles: Sequence[str], widths: Sequence[int], of: str = "") -> None:
        """Name the columns and say how wide they usually are; the one of width 0 takes what is left.

        `of` tells sets of columns apart: what somebody made of their widths by hand is there again with its set.
        """
        self.lines.set_titles(titles)
        self.room.set_usual(widths, of)

    def about(self, line: LineText, column: int) -> tuple[float, float, bool]:
        """How much of a cell there is before its words and after them, and whether they are bold."""
        before = INSET + 26.0 if line.signed and column == 0 else float(INSET)
        with_deeds = self.deeds is not None and self.deeds.shown and column == self.lines.columnCount() - 1
        bold = line.tone in ALARMING and not line.acknowledged and _own_tone(line, column) in ALARMING
        return before, self.deeds.room if self.deeds is not None and with_deeds else 4.0, bold

    def _needed(self, column: int) -> int:
        """How wide a column must be for its title and for what stands in it."""
        widest = 0.0
        for line in self.lines.rows[:MANY]:
            if words := self.lines.text_of(line, column):
                before, after, bold = self.about(line, column)
                widest = max(widest, before + width_of(words, TEXT, bold) + after)
        return max(self.horizontalHeader().sectionSizeHint(column), ceil(widest))

    def sizeHintForColumn(self, column: int) -> int:
        """What a double press on the end of a title makes of its column: all that stands in it is whole."""
        return self._needed(column)

    def told_of(self, index: Index, width: float) -> str:
        """What is told of a cell of that width while the mouse rests on it: all of its words, where they are cut."""
        line, words = self.lines.rows[index.row()], index.data() or ""
        tip = self.lines.tip_of(line, index.column())
        before, after, bold = self.about(line, index.column())
        cut = width_of(words, TEXT, bold) > width - before - after and words not in tip
        return "\n".join(filter(None, (words if cut else "", tip.strip())))

    def setColumnHidden(self, column: int, hide: bool) -> None:
        """Hide a column or show it; the others share what that leaves them."""
        if hide != self.isColumnHidden(column):
            super().setColumnHidden(column, hide)
            self.room.fit()

    def set_numbers(self, columns: Collection[int]) -> None:
        """Which columns are numbers, to be read from the right."""
        self.lines.right = frozenset(columns)

    def let_sort(self, name: str) -> None:
        """Have the titles pressed to sort; whoever listens sorts and says so with :meth:`show_sorted`.

        For those who have no mouse a menu among the table's actions does the same; `name` is what it is called.
        """
        if self.sorting is not None:
            self.sorting.setTitle(name)
            return
        menu = self.sorting = QMenu(name, self)
        menu.aboutToShow.connect(lambda: self._offer_sorting(menu))
        self.addAction(menu.menuAction())
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.sectionClicked.connect(self.sort_asked.emit)

    def _offer_sorting(self, menu: QMenu) -> None:
        menu.clear()
        for column in range(self.lines.columnCount()):
            if not self.isColumnHidden(column):
                entry = menu.addAction(unmarked(self.lines.title(column)))
                entry.setCheckable(True)
                entry.setChecked(column == self.lines.sorted_by[0])
                entry.triggered.connect(lambda _=False, column=column: self.sort_asked.emit(column))

    def show_sorted(self, column: int, downwards: bool) -> None:
        """Mark the column by which the lines are sorted; -1 for none."""
        if self.lines.sorted_by != (column, downwards):
            self.lines.sorted_by = (column, downwards)
            last = self.lines.columnCount() - 1
            if last >= 0:
                self.lines.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
                self.room.fit()

    def let_menu(self) -> None:
        """Ask for a menu instead of opening none: by the right button and by the keyboard's menu key."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def let_choose_several(self) -> None:
        """Have several lines chosen with Ctrl and Shift."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def let_do(self) -> LineDeeds:
        """Have buttons in the lines, which the lines name by their `deeds`."""
        if self.deeds is None:
            self.deeds = LineDeeds(self, self.lines)
        return self.deeds

    @property
    def chosen_keys(self) -> tuple[str, ...]:
        """The keys of all selected lines, from above."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.lines.rows[place].key for place in places)

    def _on_double_clicked(self, index: Index) -> None:
        key = self.lines.rows[index.row()].key
        self.opened.emit(key)
        self.cell_opened.emit(key, index.column())

    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        current = self.currentIndex()
        if not index.isValid() and current.isValid():
            index, place = current, self.visualRect(current).center()
        if index.isValid():
            key = self.lines.rows[index.row()].key
            self.menu_asked.emit(key, index.column(), self.viewport().mapToGlobal(place))

    def set_lines(self, lines: Sequence[LineText], empty: str) -> None:
        """Show those lines, or say that there are none."""
        self.lines.set_items(lines)
        self.room.fit()
        if empty != self._empty:
            self._empty = empty
            self.viewport().update()

    @property
    def chosen_key(self) -> str:
        """The key of the selected line, empty when there is none."""
        found = self.selectionModel().selectedRows()
        return self.lines.rows[found[0].row()].key if found else ""

    def set_lit(self, lit: bool) -> None:
        """Show the signs of urgent lines, or not; only those are painted again."""
        if lit == self.lit:
            return
        self.lit = lit
        for place, line in enumerate(self.lines.rows):
            if line.urgent and line.signed:
                self.viewport().update(self.visualRect(self.lines.index(place, 0)))

    def choose(self, key: str) -> None:
        """Select the line of that key alone; an unknown key selects nothing."""
        index = self.lines.index_of(key)
        if index.isValid():  # selectRow would go by the keys that are held: with Ctrl another line more were selected
            self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        else:
            self.clearSelection()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Choose nothing instead of what goes; Qt would choose its neighbour, and a button would mean another.

        What else is chosen stays so: whoever has picked three callers has still picked two.
        """
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clearCurrentIndex()
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_key:
            self.opened.emit(self.chosen_key)
            self.cell_opened.emit(self.chosen_key, max(0, self.currentIndex().column()))
            return
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and self.chosen_key:
            right = event.key() == Qt.Key.Key_Right
            self.turned.emit(right)
            if self.staying:  # elsewhere nothing is to be moved sideways
                steps = QAbstractSlider.SliderAction
                step = steps.SliderSingleStepAdd if right else steps.SliderSingleStepSub
                self.horizontalScrollBar().triggerAction(step)
            return
        if (begin := beginning(self, event)).isValid():
            self.choose(self.lines.rows[begin.row()].key)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def visible_rect_of(self, key: str) -> QRect:
        """Where a line lies in the window now."""
        return self.visualRect(self.lines.index_of(key))

    def _on_selected(self) -> None:
        if self.lines.busy:
            QTimer.singleShot(0, self, self._tell)
        else:
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.chosen_key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        try:
            if not self.lines.rows and self._empty:
                middle = self.viewport().rect().center()
                write(painter, middle.x(), min(middle.y(), 60), self._empty, TEXT, self.colours.low, side=Side.MIDDLE)
            if self.hasFocus():
                draw_focus(painter, self.viewport().rect(), self.colours)
        finally:
            painter.end()
