// Says that there is more below the edge of something that scrolls. For showing only.
import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    property Flickable of: null
    readonly property bool more: root.of !== null && root.of.contentHeight - (root.of.contentY - root.of.originY) - root.of.height > Theme.gap4

    implicitWidth: row.width + Theme.gap3
    implicitHeight: row.height + Theme.gap1
    radius: height / 2
    visible: root.more
    color: Theme.ground
    border.width: Theme.border
    border.color: Theme.softInk
    Accessible.ignored: true

    Row {
        id: row

        anchors.centerIn: parent

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            glyph: Glyphs.down
            color: Theme.softInk
            extent: Theme.smallText
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("往上推，下面还有")
            color: Theme.softInk
            font.pixelSize: Theme.smallText
        }
    }
}
