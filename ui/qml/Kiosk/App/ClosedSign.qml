// The service point is closed and nobody is here: a dark screen says when it opens, and whom to call. A touch wakes it.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property HomeViewModel home
    required property OpeningViewModel opening

    anchors.fill: parent
    visible: root.opening.isClosed && root.navigator.page === "rest"

    Rectangle {
        anchors.fill: parent
        color: Theme.strongGround
    }
    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.margin * 2, Theme.lineWidth)
        spacing: Theme.gap4

        PageTitle {
            width: parent.width
            text: root.home.village
            color: Theme.strongInk
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            text: root.opening.words
            color: Theme.strongInk
            font.pixelSize: Theme.pageTitle
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            text: root.opening.urgent
            color: Theme.strongInk
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            text: qsTr("要查东西，轻轻点一下屏幕，照样可以用。")
            color: Theme.strongInk
            horizontalAlignment: Text.AlignHCenter
        }
    }
    MouseArea {
        anchors.fill: parent
        Accessible.role: Accessible.Button
        Accessible.name: root.opening.words + root.opening.urgent
        Accessible.onPressAction: root.navigator.home()
        onClicked: root.navigator.home()
    }
}
