// One of the row 按人找: picture above its word.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string title
    required property string glyph

    implicitHeight: Math.max(Theme.touchTarget, column.implicitHeight + Theme.gap1 * 2)
    Accessible.role: Accessible.Button
    Accessible.name: root.title
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
    }
    contentItem: Item {
        Column {
            id: column

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                glyph: root.glyph
                extent: Theme.mm(8)
            }
            Label {
                width: parent.width
                text: root.title
                font.pixelSize: Theme.smallText
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
