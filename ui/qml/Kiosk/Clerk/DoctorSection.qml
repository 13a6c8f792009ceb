// Whether this kiosk is fit for work, and what to do where it is not.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Column {
    id: root

    required property ClerkViewModel clerk

    spacing: Theme.gap2

    AppButton {
        glyph: Glyphs.doctor
        text: root.clerk.examining ? qsTr("正在检查……") : qsTr("再查一次")
        enabled: !root.clerk.examining
        onClicked: root.clerk.examine()
    }
    Words {
        width: parent.width
        visible: root.clerk.trouble !== ""
        text: root.clerk.trouble
    }
    Repeater {
        model: root.clerk.checks as QtObject

        Item {
            id: check

            required property string title
            required property string found
            required property string todo
            required property string tone
            required property string glyph

            width: root.width
            height: lines.height + Theme.gap1

            Label {
                id: sign

                width: Theme.body * 1.5
                text: check.glyph
                color: check.tone === "good" ? Theme.good : check.tone === "review" ? Theme.review : Theme.accentText
                font.bold: true
            }
            Column {
                id: lines

                anchors.left: sign.right
                anchors.right: parent.right

                Words {
                    width: parent.width
                    text: check.title + "：" + check.found
                }
                Words {
                    width: parent.width
                    visible: check.todo !== ""
                    text: check.todo
                    color: Theme.accentText
                }
            }
        }
    }
}
