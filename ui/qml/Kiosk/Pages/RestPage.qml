// Nobody is here: the village, today's notice, and one sentence.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property HomeViewModel home
    // Across, the words stand beside the picture; without a picture they have the whole width.
    readonly property bool beside: !Theme.portrait && !Theme.highContrast
    readonly property real apart: root.beside ? Theme.gap4 : Theme.gap5    // words and invitation
    readonly property real column: (root.beside ? root.width * 0.46 : root.width) - Theme.margin * 2

    VillagePicture {
        id: picture

        x: root.beside ? root.width - width : 0
        y: root.beside ? 0 : parent.height * 0.32
        width: root.beside ? root.width * 0.54 : root.width
        height: root.beside ? root.height : root.height * 0.44
        village: root.home.gate
        kept: root.visible
        besideWords: root.beside
    }
    Rectangle {
        anchors.top: picture.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: picture.visible && !root.beside
        color: Theme.meadow
    }
    Column {
        id: words

        x: Theme.margin
        y: Theme.portrait ? root.height * 0.12 : Math.max(Theme.stripHeight, (root.height - height - invitation.height - root.apart) / 2)
        width: root.column
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: root.home.village
            font.pixelSize: Theme.pageTitle * (root.beside ? 1.15 : 1.5)
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
        Loader {
            anchors.horizontalCenter: parent.horizontalCenter
            active: root.home.noticeBadge !== ""
            visible: active
            sourceComponent: Mark {
                text: root.home.noticeBadge
            }
        }
    }
    Paper {
        id: invitation

        x: Theme.margin + (root.column - width) / 2
        y: Theme.portrait ? root.height * 0.88 - height / 2 : words.y + words.height + root.apart
        width: Math.min(root.column, sentence.implicitWidth + Theme.gap4 * 2)
        height: sentence.implicitHeight + Theme.gap3 * 2
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
                extent: inviting.font.pixelSize
            }
            Label {
                id: inviting

                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("轻轻点一下屏幕")
                color: Theme.accentInk
                font.pixelSize: root.beside ? Theme.title : Theme.pageTitle
                font.bold: true
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
