// What somebody who is typing may want to ask: a few cards, each searched for at a touch. They stand low, close to the
// keys, and keep their places: what is found above them never moves because of them.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

Rectangle {
    id: root

    required property QtObject words    // rows of ui.search_suggestions.SuggestionRow
    required property int held          // places that are kept
    required property real most         // height that it may take, px
    property real inset: 0              // from its sides to the cards
    readonly property real rowHeight: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1)
    readonly property real aside: Theme.gap2 + Theme.body * 1.2 + Theme.gap1 + Theme.gap2    // of a card: no text stands there
    readonly property int columns: grid.width >= (Theme.body * 9 + root.aside) * 2 + Theme.gap2 ? 2 : 1
    readonly property int rows: Math.max(1, Math.min(3, Math.floor((root.most - grid.y - Theme.gap1) / (root.rowHeight + Theme.gap2))))
    readonly property int places: root.rows * root.columns
    readonly property real cardWidth: (grid.width - (root.columns - 1) * Theme.gap2) / root.columns
    readonly property int characters: Math.floor((root.cardWidth - root.aside) / Theme.body)

    signal chosen(place: int)

    visible: root.held > 0
    implicitHeight: root.held > 0 ? grid.y + Math.ceil(root.held / root.columns) * (root.rowHeight + Theme.gap2) : 0
    color: Theme.ground
    Accessible.role: Accessible.List
    Accessible.name: heading.text

    Rectangle {
        width: parent.width
        height: Theme.border
        color: Theme.cardEdge
    }
    Label {
        id: heading

        x: root.inset
        y: Theme.gap1
        text: qsTr("是不是想查：")
        color: Theme.softInk
        font.pixelSize: Theme.smallText
    }
    Grid {
        id: grid

        x: root.inset
        y: heading.y + heading.height + Theme.gap1
        width: root.width - root.inset * 2
        columns: root.columns
        spacing: Theme.gap2

        Repeater {
            model: root.words

            T.AbstractButton {
                id: card

                required text
                required property int index
                required property string markup
                required property bool whole

                width: root.cardWidth
                height: root.rowHeight
                focusPolicy: Qt.NoFocus
                Accessible.role: Accessible.Button
                Accessible.name: qsTr("查：%1").arg(card.text)
                Accessible.onPressAction: card.clicked()
                onClicked: root.chosen(card.index)

                background: Paper {
                    pressed: card.down
                    fill: card.down ? Theme.voice : Theme.card
                }
                contentItem: Item {
                    Icon {
                        id: glass

                        x: Theme.gap2
                        anchors.verticalCenter: parent.verticalCenter
                        glyph: Glyphs.search
                        color: card.down ? Theme.voiceInk : Theme.softInk
                        extent: Theme.body * 1.1
                    }
                    Text {
                        anchors.left: glass.right
                        anchors.leftMargin: Theme.gap1
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.verticalCenterOffset: -Theme.lift / 2
                        text: card.down ? card.text : card.markup.replace(/<b>/g, "<b><font color=\"" + Theme.accentText + "\">").replace(/<\/b>/g, "</font></b>")
                        textFormat: card.down ? Text.PlainText : Text.StyledText
                        color: card.down ? Theme.voiceInk : card.whole ? Theme.accentText : Theme.ink
                        font.family: Theme.family
                        font.pixelSize: Theme.body
                    }
                }
            }
        }
    }
}
