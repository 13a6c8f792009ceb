// All themes.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

GridView {
    id: root

    required property Navigator navigator
    required property HomeViewModel home
    readonly property int columns: Theme.portrait ? 2 : 4
    readonly property real uprightHeight: Theme.mm(14) + Theme.title * 1.5 + Theme.smallText * 1.5 + Theme.gap2 * 2 + Theme.gap1
    readonly property real room: (root.height - (root.headerItem ? root.headerItem.height : 0) - root.bottomMargin) / Math.max(1, Math.ceil(root.count / root.columns)) - Theme.gap2
    readonly property bool upright: !Theme.portrait || root.room >= root.uprightHeight    // few enough to be large

    leftMargin: Theme.margin - Theme.gap1
    rightMargin: Theme.margin - Theme.gap1
    cellWidth: Math.floor((width - leftMargin - rightMargin) / root.columns)
    cellHeight: Theme.gap2 + (!Theme.portrait ? root.uprightHeight : root.upright ? Math.min(root.room, root.uprightHeight * 1.3) : Math.max(Theme.mm(15), Theme.title * 1.5 + Theme.smallText * 1.5) + Theme.gap1 * 2)
    bottomMargin: Theme.gap2
    boundsBehavior: Flickable.StopAtBounds
    model: root.home.allThemes
    header: PageTitle {
        leftPadding: Theme.gap1
        topPadding: Theme.gap2
        bottomPadding: Theme.gap2
        text: qsTr("全部分类")
    }
    delegate: Item {
        id: cell

        required property string id
        required property string title
        required property string detail
        required property string glyph
        required property int hue

        width: root.cellWidth
        height: root.cellHeight

        ThemeTile {
            anchors.fill: parent
            anchors.margins: Theme.gap1
            title: cell.title
            detail: cell.detail
            glyph: cell.glyph
            hue: cell.hue
            upright: root.upright
            onClicked: root.navigator.theme(cell.id)
        }
    }
}
