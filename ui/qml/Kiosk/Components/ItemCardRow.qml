// One item in a list: title, one line of answer, what kind it is, what may be said about it.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string title
    required property string detail
    required property string kind
    required property string status
    required property string tone
    required property string year
    required property string badge

    implicitHeight: Math.max(Theme.touchTarget, column.implicitHeight + Theme.gap2 * 2 + Theme.lift)
    Accessible.role: Accessible.Button
    Accessible.name: root.title + "，" + root.kind + "，" + root.status + (root.badge === "" ? "" : "，" + root.badge)
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
    }
    contentItem: Item {
        Column {
            id: column

            anchors.left: parent.left
            anchors.leftMargin: Theme.gap3
            anchors.right: arrow.left
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap1

            Text {
                width: parent.width
                text: root.title
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: Theme.title
                font.bold: true
            }
            Text {
                width: parent.width
                visible: root.detail !== ""
                text: root.detail
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                color: Theme.softInk
                font.family: Theme.family
                font.pixelSize: Theme.body
                lineHeight: Theme.lineHeight
            }
            Flow {
                width: parent.width
                spacing: Theme.gap2

                StatusBadge {
                    text: root.status
                    tone: root.tone
                }
                Mark {
                    text: root.badge
                }
                Label {
                    text: root.year === "" ? root.kind : root.kind + " · " + root.year
                    color: Theme.softInk
                    font.pixelSize: Theme.smallText
                    height: Theme.smallText * 1.5 + Theme.gap1
                }
            }
        }
        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap2
            anchors.verticalCenter: parent.verticalCenter
            glyph: Glyphs.next
            color: Theme.softInk
        }
    }
}
