// This item no longer holds: here is the one that took its place.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Components
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string title

    implicitHeight: Math.max(Theme.touchTarget, words.implicitHeight + Theme.gap2 * 2)
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("已有新的：%1").arg(root.title)
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
        edge: Theme.accent
    }
    contentItem: Item {
        Icon {
            id: icon

            x: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            glyph: Glyphs.successor
            color: Theme.accentText
        }
        Column {
            id: words

            anchors.left: icon.right
            anchors.leftMargin: Theme.gap2
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap2
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                text: qsTr("这一篇不用了，点这里看新的")
                color: Theme.accentText
                font.pixelSize: Theme.smallText
            }
            Text {
                width: parent.width
                text: root.title
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: Theme.body
                font.bold: true
            }
        }
    }
}
