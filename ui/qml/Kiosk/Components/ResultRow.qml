// One found item: title, the place that matched, why it was found, what kind it is, what may be said about it.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string title
    required property string snippet    // markup of ui.found: what matches stands in <b>
    required property string why
    required property string kind
    required property string status
    required property string tone
    required property string year
    required property string badge
    required property string spoken
    readonly property bool wide: root.width > Theme.body * 24    // room for the badge beside the title

    implicitHeight: Math.max(Theme.touchTarget, Math.max(column.implicitHeight, root.wide && root.badge !== "" ? beside.implicitHeight : 0) + Theme.gap1 * 2 + Theme.lift)
    text: root.title
    Accessible.role: Accessible.Button
    Accessible.name: root.spoken
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
    }
    contentItem: Item {
        Column {
            id: column

            anchors.left: parent.left
            anchors.leftMargin: Theme.gap3
            anchors.right: root.wide ? beside.left : arrow.left
            anchors.rightMargin: Theme.gap2
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: -Theme.lift / 2
            spacing: Theme.gap1 / 2

            Text {
                width: parent.width
                text: root.title
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: Theme.title
                font.bold: true
                lineHeight: Theme.lineHeight
            }
            Text {
                width: parent.width
                visible: text !== ""
                text: root.snippet.replace(/<b>/g, "<b><font color=\"" + Theme.accentText + "\">").replace(/<\/b>/g, "</font></b>")
                textFormat: Text.StyledText
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                color: Theme.softInk
                font.family: Theme.family
                font.pixelSize: Theme.body
                lineHeight: Theme.lineHeight
            }
            Words {
                width: parent.width
                visible: root.why !== ""
                text: root.why
                color: Theme.good
                font.pixelSize: Theme.smallText
                lineHeight: Theme.lineHeight
            }
            Flow {
                width: parent.width
                visible: !root.wide
                spacing: Theme.gap2

                StatusBadge {
                    text: root.status
                    tone: root.tone
                }
                Mark {
                    text: root.badge
                }
                Label {
                    height: Theme.smallText * 1.5 + Theme.gap1
                    text: root.year === "" ? root.kind : root.kind + " · " + root.year
                    color: Theme.softInk
                    font.pixelSize: Theme.smallText
                }
            }
        }
        Column {
            id: beside

            visible: root.wide
            anchors.right: arrow.left
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap1

            Label {
                anchors.right: parent.right
                text: root.kind
                font.pixelSize: Theme.smallText
            }
            StatusBadge {
                anchors.right: parent.right
                text: root.status
                tone: root.tone
            }
            Mark {
                anchors.right: parent.right
                text: root.badge
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
