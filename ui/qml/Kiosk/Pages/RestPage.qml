// Nobody is here: the village, today's notice, and one sentence.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property HomeViewModel home

    VillagePicture {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: invitation.top
        height: parent.height * (Theme.portrait ? 0.44 : 0.5)
        village: root.home.gate
    }
    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        anchors.top: parent.top
        anchors.topMargin: parent.height * (Theme.portrait ? 0.12 : 0.11)
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: root.home.village
            font.pixelSize: Theme.pageTitle * 1.5
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            text: root.home.today
            soft: true
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            visible: root.home.noticeTitle !== ""
            text: root.home.noticeTitle
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
        }
    }
    Rectangle {
        id: invitation

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: parent.height * (Theme.portrait ? 0.24 : 0.26)
        color: Theme.highContrast ? Theme.ground : Theme.meadow

        Paper {
            anchors.centerIn: parent
            width: Math.min(parent.width - Theme.margin * 2, sentence.implicitWidth + Theme.gap5 * 2)
            height: sentence.implicitHeight + Theme.gap4 * 2
            fill: Theme.accent
            edge: Theme.accent

            Row {
                id: sentence

                anchors.centerIn: parent
                spacing: Theme.gap2

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    glyph: Glyphs.touch
                    color: Theme.accentInk
                    extent: Theme.pageTitle
                }
                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("轻轻点一下屏幕")
                    color: Theme.accentInk
                    font.pixelSize: Theme.pageTitle
                    font.bold: true
                }
            }
        }
    }
    MouseArea {
        anchors.fill: parent
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("轻轻点一下屏幕")
        Accessible.onPressAction: root.navigator.home()
        onClicked: root.navigator.home()
    }
}
