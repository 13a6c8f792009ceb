// Nobody has touched for long: one question, two answers, and a way out of every mistake.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property IdleViewModel idle

    z: 1    // over what is put into the window later
    anchors.fill: parent
    visible: root.idle.seconds > 0

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
    }
    MouseArea {
        anchors.fill: parent
        onClicked: root.idle.stay()
    }
    Paper {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.margin * 2, Theme.body * 24)
        height: column.implicitHeight + Theme.gap4 * 2
        raised: false

        Column {
            id: column

            anchors.centerIn: parent
            width: parent.width - Theme.gap4 * 2
            spacing: Theme.gap3

            Words {
                width: parent.width
                text: qsTr("您还在看吗？")
                font.pixelSize: Theme.pageTitle
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                width: parent.width
                text: qsTr("%1 秒后回到开头，看过的内容会清掉。").arg(root.idle.seconds)
                horizontalAlignment: Text.AlignHCenter
            }
            AppButton {
                width: parent.width
                accent: true
                text: qsTr("我还在看")
                onClicked: root.idle.stay()
            }
            AppButton {
                width: parent.width
                text: qsTr("看完了")
                onClicked: root.idle.leave()
            }
        }
    }
}
