// Says that there is more below the edge of something that scrolls. For showing only.
import QtQuick
import Kiosk.Theme

Item {
    id: root

    property Flickable of: null
    property bool compact: false    // no room for words
    readonly property bool more: root.of !== null && root.of.contentHeight - (root.of.contentY - root.of.originY) - root.of.height > Theme.gap4

    implicitWidth: row.width
    implicitHeight: row.height
    visible: root.more
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
            visible: !root.compact
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("往上推，下面还有")
            color: Theme.softInk
            font.pixelSize: Theme.smallText
        }
    }
}
