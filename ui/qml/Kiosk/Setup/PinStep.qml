// The clerk's PIN, typed twice.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Clerk
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property SetupViewModel setup
    readonly property bool beside: !Theme.portrait
    readonly property real keyHeight: Math.max(Theme.touchTarget, Math.min(Theme.touchTarget * (root.beside ? 1.6 : 1.9), (root.height - (root.beside ? 0 : told.height + dots.height + Theme.gap4 * 2)) / 4 - Theme.gap2))
    readonly property real typing: dots.height + Theme.gap4 + keys.height    // upright, in one with what is typed

    Column {
        id: told

        x: Theme.margin
        width: (root.beside ? root.width - keys.width - Theme.gap5 : root.width) - Theme.margin * 2
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: qsTr("工作人员的 PIN")
        }
        Words {
            width: parent.width
            text: qsTr("装新内容、换回旧版时要输它。请村里工作人员自己定，记牢，别写在机器上。")
            soft: true
        }
        Words {
            width: parent.width
            text: root.setup.busy ? qsTr("正在核对……") : root.setup.pinQuestion
            font.bold: true
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.setup.message
            color: Theme.accentText
            font.bold: true
        }
    }
    PinDots {
        id: dots

        x: root.beside ? Theme.margin : (root.width - width) / 2
        y: root.beside ? told.height + Theme.gap2 : Math.max(told.height + Theme.gap4, (root.height - root.typing) * 0.42)
        typed: root.setup.typed
    }
    Grid {
        id: keys

        x: root.beside ? root.width - width - Theme.margin : (root.width - width) / 2
        y: root.beside ? 0 : dots.y + dots.height + Theme.gap4
        columns: 3
        spacing: Theme.gap2

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "done"]

            Key {
                id: key

                required property string modelData
                readonly property bool isDigit: key.modelData.length === 1
                readonly property bool isDone: key.modelData === "done"

                width: root.keyHeight * 1.5
                height: root.keyHeight
                label: key.isDigit ? key.modelData : key.isDone ? qsTr("确定") : ""
                spoken: key.isDigit ? key.modelData : key.isDone ? qsTr("确定") : qsTr("删一位")
                quick: key.isDigit
                glyph: key.isDigit || key.isDone ? "" : Glyphs.erase
                plain: key.isDigit
                accent: key.isDone
                letterSize: Theme.title
                enabled: key.isDone ? root.setup.canSubmit : !root.setup.busy
                opacity: enabled ? 1 : 0.45
                onStruck: {
                    if (key.isDigit)
                        root.setup.typeDigit(key.modelData);
                    else if (key.isDone)
                        root.setup.submitPin();
                    else
                        root.setup.eraseDigit();
                }
            }
        }
    }
}
