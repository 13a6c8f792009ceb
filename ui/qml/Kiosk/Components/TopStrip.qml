// For showing only: whose kiosk, what day, how fresh, and what must be known of all content.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Item {
    id: root

    required property string village
    required property string today
    required property string updated
    required property string remark
    readonly property real free: root.width - right.width - Theme.margin * 2 - Theme.gap5    // px beside the day
    property bool soundOn: true

    implicitHeight: Theme.stripHeight

    Row {
        id: left

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap2

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.smallText * 2.7
            height: width
            radius: Theme.mm(1.2)
            color: Theme.accent

            Text {
                id: seal

                anchors.centerIn: parent
                text: qsTr("村口")
                textFormat: Text.PlainText
                color: Theme.accentInk
                font.family: Theme.family
                font.bold: true
                font.pixelSize: Theme.smallText
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                text: root.village
                font.bold: true
                width: Math.min(implicitWidth, root.free)
            }
            Row {
                spacing: Theme.gap1

                Loader {
                    id: remark

                    active: root.remark !== ""
                    sourceComponent: Mark {
                        text: root.remark
                    }
                }
                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.remark === "" || remark.width + implicitWidth < root.free - Theme.smallText * 2.7
                    text: root.updated
                    color: Theme.softInk
                    font.pixelSize: Theme.smallText
                }
            }
        }
    }
    Column {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter

        Label {
            anchors.right: parent.right
            text: root.today
            font.bold: true
            font.pixelSize: Theme.smallText
        }
        Row {
            anchors.right: parent.right
            spacing: Theme.gap1

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                glyph: root.soundOn ? Glyphs.listen : Glyphs.silent
                color: Theme.softInk
                extent: Theme.smallText
            }
            Label {
                text: root.soundOn ? qsTr("能念给您听") : qsTr("没有声音")
                color: Theme.softInk
                font.pixelSize: Theme.smallText
            }
        }
    }
}
