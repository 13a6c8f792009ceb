// The clerk's page: what is installed, and whether this kiosk is fit for work.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property ClerkViewModel clerk

    contentWidth: width
    contentHeight: column.height + Theme.gap4
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        x: Theme.margin
        width: root.width - Theme.margin * 2
        topPadding: Theme.gap1
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: qsTr("村里工作人员")
        }
        Label {
            text: qsTr("程序版本 %1").arg(root.clerk.version)
            color: Theme.softInk
            font.pixelSize: Theme.smallText
        }
        Label {
            text: qsTr("已装的内容包")
            font.pixelSize: Theme.title
            font.bold: true
        }
        Repeater {
            model: root.clerk.packs

            Paper {
                id: pack

                required property string title
                required property string detail

                width: column.width
                height: about.height + Theme.gap2 * 2
                raised: false

                Column {
                    id: about

                    x: Theme.gap3
                    y: Theme.gap2
                    width: parent.width - Theme.gap3 * 2

                    Words {
                        width: parent.width
                        text: pack.title
                        font.bold: true
                    }
                    Words {
                        width: parent.width
                        text: pack.detail
                        soft: true
                        font.pixelSize: Theme.smallText
                    }
                }
            }
        }
        Label {
            text: qsTr("村民常问、还没有答案的")
            font.pixelSize: Theme.title
            font.bold: true
        }
        Words {
            width: parent.width
            visible: missed.count === 0
            text: qsTr("还没有。同一句话有三天都有人问、又都没查到，才会列在这里。")
            soft: true
        }
        Repeater {
            id: missed

            model: root.clerk.missing

            Column {
                id: asked

                required property string text
                required property string detail

                width: column.width

                Words {
                    width: parent.width
                    text: asked.text
                }
                Words {
                    width: parent.width
                    text: asked.detail
                    soft: true
                    font.pixelSize: Theme.smallText
                }
            }
        }
        Item {
            width: parent.width
            height: again.height

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("机器好不好")
                font.pixelSize: Theme.title
                font.bold: true
            }
            AppButton {
                id: again

                anchors.right: parent.right
                glyph: Glyphs.doctor
                text: root.clerk.examining ? qsTr("正在检查……") : qsTr("再查一次")
                enabled: !root.clerk.examining
                onClicked: root.clerk.examine()
            }
        }
        Words {
            width: parent.width
            visible: root.clerk.trouble !== ""
            text: root.clerk.trouble
        }
        Repeater {
            model: root.clerk.checks

            Item {
                id: check

                required property string title
                required property string found
                required property string todo
                required property string tone
                required property string glyph

                width: column.width
                height: lines.height + Theme.gap2

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
}
