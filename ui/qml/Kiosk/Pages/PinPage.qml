// One question: the clerk's PIN, and what it is asked for.
import QtQuick
import Kiosk.Clerk
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property PinViewModel pin
    readonly property bool beside: !Theme.portrait

    contentWidth: width
    contentHeight: Math.max(told.y + told.height, keys.y + keys.height) + Theme.gap4
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: told

        x: Theme.margin
        y: Theme.gap1
        width: (root.beside ? root.width - keys.width - Theme.gap5 : root.width) - Theme.margin * 2
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: qsTr("请输入工作人员的 PIN")
        }
        Words {
            width: parent.width
            text: root.pin.purpose
        }
        PinDots {
            visible: root.pin.isSet
            typed: root.pin.typed
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.pin.isJudging ? qsTr("正在核对……") : root.pin.message
            color: root.pin.isJudging ? Theme.softInk : Theme.accentText
            font.bold: true
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.pin.waitSeconds > 0 ? qsTr("请等 %1 秒再试。").arg(root.pin.waitSeconds) : root.pin.todo
        }
    }
    PinKeys {
        id: keys

        x: root.beside ? root.width - width - Theme.margin : (root.width - width) / 2
        y: root.beside ? Theme.gap2 : Math.max(told.y + told.height + Theme.gap4, root.height - height - Theme.gap4)    // within reach
        visible: root.pin.isSet
        pin: root.pin
    }
}
