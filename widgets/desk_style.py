"""The look of ordinary controls on a desk: buttons, fields, menus and scroll bars in the colours of a theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF

from widgets.faces import FAMILIES
from widgets.palette import Palette, mixed

_SHEET = """
* {{ font-family: {families}; font-size: 14px; color: {hi}; }}
QMainWindow, QWidget#desk {{ background: {bg}; }}
QMainWindow::separator {{ background: {bg}; width: 8px; height: 8px; }}
QDockWidget {{ border: none; }}
QWidget#strip {{ background: {bg}; border-bottom: 1px solid {line}; }}
QWidget#foot {{ background: {panel}; border-top: 1px solid {line}; border-bottom-left-radius: 8px;
    border-bottom-right-radius: 8px; }}
QWidget#panel {{ background: {panel}; border-bottom-left-radius: 8px; border-bottom-right-radius: 8px; }}
QLabel {{ background: transparent; }}
QLabel[part="name"] {{ font-size: 22px; font-weight: bold; }}
QLabel[part="note"] {{ font-size: 12px; color: {low}; }}
QLabel[part="label"] {{ color: {mid}; }}
QLabel[part="head"] {{ font-weight: bold; color: {mid}; }}
QLabel[part="chip"] {{ border: 1px solid {line}; border-radius: 10px; padding: 1px 9px; background: {raised};
  font-size: 12px; }}
QLabel[part="trouble"] {{ padding: 2px 8px; margin: 0 10px 3px 10px; border-radius: 6px; background: {raised}; }}
QLabel[part="value"] {{ font-size: 20px; font-weight: bold; }}
QLabel[tone="critical"] {{ color: {crit}; font-weight: bold; }}
QLabel[tone="warn"] {{ color: {warn}; font-weight: bold; }}
QFrame[part="count"] {{ border: 1px solid {line}; border-radius: 6px; background: {raised}; }}
QPushButton {{ border: 1px solid {line}; border-radius: 6px; padding: 4px 10px; background: {raised};
  min-height: 21px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {pressed}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {info}; padding: 3px 9px; }}
QPushButton:disabled {{ color: {low}; background: {panel}; border: 1px dashed {line}; }}
QPushButton, QToolButton {{ outline: none; }}
QPushButton[part="link"] {{ border: none; background: transparent; color: {info}; padding: 2px 4px; text-align: left; }}
QPushButton[part="link"]:hover {{ text-decoration: underline; background: transparent; }}
QPushButton[part="link"]:focus {{ border: 2px solid {info}; padding: 0px 2px; }}
QPushButton[part="big"] {{ min-height: 26px; }}
QPushButton[part="filter"] {{ padding: 2px 6px; min-height: 21px; }}
QPushButton[part="filter"]:focus {{ padding: 1px 5px; }}
QPushButton[part="filter"]:checked {{ background: {infobg}; border: 1px solid {info}; color: {info}; }}
QPushButton[part="filter"][active="true"] {{ border: 1px solid {info}; background: {infobg}; color: {info}; }}
QPushButton[part="filter"]:checked:focus, QPushButton[part="filter"][active="true"]:focus {{
  border: 2px solid {info}; padding: 1px 5px; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 3px 9px; background: transparent; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton[part="rail"] {{ font-size: 12px; padding: 4px 2px; min-width: 44px; }}
QToolButton[part="rail"]:checked {{ background: {raised}; border: 1px solid {line}; font-weight: bold; }}
QToolButton[part="rail"]:focus {{ border: 2px solid {info}; padding: 3px 1px; }}
QToolButton[part="kind"] {{ border: 1px solid {line}; border-bottom: 3px solid {line}; padding: 11px 14px;
  background: {panel}; font-size: 16px; }}
QToolButton[part="kind"]:checked {{ background: {raised}; border-bottom: 3px solid {info}; font-weight: bold; }}
QToolButton[part="kind"]:focus {{ border: 2px solid {info}; border-bottom: 3px solid {info}; padding: 10px 13px 11px; }}
QPushButton[part="primary"] {{ min-height: 26px; background: {info}; border: 1px solid {info}; color: {infoink};
  font-weight: bold; padding: 4px 18px; }}
QPushButton[part="primary"]:focus {{ border: 2px solid {hi}; padding: 3px 17px; }}
QPushButton[part="primary"]:disabled {{ background: {panel}; border: 1px solid {line}; color: {low}; }}
QToolButton[part="who"] {{ border: 1px solid {line}; border-radius: 14px; background: {panel}; padding: 3px 12px; }}
QToolButton[part="who"]:focus {{ border: 2px solid {info}; padding: 2px 11px; }}
QToolButton[part="tiny"] {{ padding: 1px; }}
QToolButton[part="tiny"]:focus {{ padding: 0px; }}
QLineEdit {{ border: 1px solid {line}; border-radius: 6px; padding: 2px 7px; background: {raised}; min-height: 18px;
  selection-background-color: {info}; selection-color: {infoink}; placeholder-text-color: {low}; }}
QLineEdit:focus {{ border: 2px solid {info}; padding: 1px 6px; }}
QLineEdit[part="finder"] {{ font-size: 16px; min-height: 30px; }}
QPlainTextEdit {{ border: 1px solid {line}; border-radius: 6px; padding: 2px 7px;
  background: {raised}; selection-background-color: {info}; selection-color: {infoink}; }}
QPlainTextEdit:focus {{ border: 2px solid {info}; padding: 1px 6px; }}
QLineEdit:disabled {{ color: {mid}; background: {panel}; }}
QDialog {{ background: {panel}; }}
QCheckBox {{ background: transparent; spacing: 8px; }}
QCheckBox:focus {{ color: {info}; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {mid}; border-radius: 3px; background: {raised}; }}
QCheckBox::indicator:checked {{ border: 1px solid {info}; }}
QProgressBar {{ border: none; border-radius: 3px; background: {d3}; }}
QProgressBar::chunk {{ border-radius: 3px; background: {info}; }}
QComboBox {{ border: 1px solid {line}; border-radius: 6px; padding: 2px 8px; background: {raised}; min-height: 20px; }}
QComboBox:focus {{ border: 2px solid {info}; padding: 1px 7px; }}
QComboBox QAbstractItemView {{ background: {raised}; selection-background-color: {infobg}; selection-color: {info}; }}
QSpinBox {{ border: 1px solid {line}; border-radius: 6px; padding: 2px 8px; background: {raised}; min-height: 20px;
  selection-background-color: {info}; selection-color: {infoink}; }}
QSpinBox:focus {{ border: 2px solid {info}; padding: 1px 7px; }}
QSpinBox:disabled {{ color: {low}; background: {panel}; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0px; border: none; }}
QMenu {{ background: {raised}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 22px 5px 22px; border-radius: 4px; }}
QMenu::item:selected {{ background: {infobg}; color: {info}; }}
QMenu::item:disabled {{ color: {low}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px; }}
QToolTip {{ background: {raised}; color: {hi}; border: 1px solid {line}; padding: 4px; }}
QSplitter::handle {{ background: {panel}; border-top: 1px solid {line}; image: none; height: 5px; }}
QScrollArea[part="plain"] {{ border: none; background: {bg}; }}
QScrollArea, QAbstractItemView {{ border: none; background: {panel}; }}
QScrollArea[part="page"] {{ border: 2px solid {panel}; }}
QScrollArea[part="page"]:focus {{ border: 2px solid {info}; }}
QTableView {{ background: {panel}; selection-background-color: {infobg}; selection-color: {hi}; }}
QHeaderView, QHeaderView::section {{ background: {panel}; color: {mid}; border: none; font-size: 12px; padding: 3px 6px;
  text-align: left; }}
QHeaderView {{ padding-right: 0px; }}
QScrollBar:vertical {{ width: 10px; background: transparent; }}
QScrollBar:horizontal {{ height: 10px; background: transparent; }}
QScrollBar::handle {{ background: {d3}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 30px; }}
QScrollBar::handle:horizontal {{ min-width: 30px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0px; height: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QDialog, QToolBar, QStatusBar, QMessageBox {{ background: {panel}; border: none; }}
QCheckBox:focus, QRadioButton:focus {{ color: {info}; font-weight: bold; }}
QTreeView, QListView {{ selection-background-color: {infobg}; selection-color: {hi}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{ background: {bg}; padding: 5px 12px; border: none; color: {mid}; }}
QTabBar::tab:selected {{ background: {panel}; color: {hi}; font-weight: bold; border-top-left-radius: 8px;
  border-top-right-radius: 8px; }}
QTabBar::tab:focus {{ color: {info}; border-bottom: 2px solid {info}; }}
"""


def style_sheet(palette: Palette) -> str:
    """The style sheet of a theme, for the window and everything in it."""
    names = (
        "bg", "panel", "raised", "line", "hi", "mid", "low", "d1", "d3", "crit", "warn", "info", "infobg", "infoink",
    )  # fmt: skip
    colours = {name: getattr(palette, name).name() for name in names}
    return _SHEET.format(
        families=", ".join(f'"{family}"' for family in FAMILIES),
        hover=mixed(palette.info, palette.raised, 0.10).name(),
        pressed=mixed(palette.info, palette.raised, 0.20).name(),
        **colours,
    )


@lru_cache(maxsize=16)
def _chevron(rgba: int) -> QIcon:
    from PySide6.QtGui import QColor

    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor.fromRgba(rgba), 3.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(8, 12), QPointF(16, 21), QPointF(24, 12)]))
    painter.end()
    return QIcon(pixmap)


def chevron(palette: Palette) -> QIcon:
    """The mark of a button that opens a list."""
    return _chevron(palette.mid.rgba())
