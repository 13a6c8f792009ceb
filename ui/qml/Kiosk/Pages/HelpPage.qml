// How this kiosk is used, whom to call, and the clerk's door.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property Navigator navigator
    required property AssistanceViewModel assistance

    contentWidth: width
    contentHeight: column.height + Theme.gap4
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        x: Theme.margin
        width: root.width - Theme.margin * 2
        topPadding: Theme.gap1
        spacing: Theme.gap3

        PageTitle {
            width: parent.width
            text: qsTr("需要帮忙吗？")
        }
        Words {
            width: parent.width
            text: qsTr("可以找村里工作人员，也可以打下面的电话。打电话要用您自己的手机。")
        }
        Grid {
            id: hotlines

            readonly property real share: (width - (columns - 1) * spacing) / columns

            width: parent.width
            columns: Theme.portrait ? 3 : 5
            spacing: Theme.gap2

            Repeater {
                model: root.assistance.hotlines

                Paper {
                    id: hotline

                    required property string number
                    required property string title

                    width: hotlines.share
                    height: lines.height + Theme.gap1 * 2
                    raised: false

                    Column {
                        id: lines

                        anchors.centerIn: parent
                        width: parent.width

                        Label {
                            width: parent.width
                            text: hotline.number
                            font.pixelSize: Theme.title
                            font.bold: true
                            horizontalAlignment: Text.AlignHCenter
                        }
                        Label {
                            width: parent.width
                            text: hotline.title
                            color: Theme.softInk
                            font.pixelSize: Theme.smallText
                            horizontalAlignment: Text.AlignHCenter
                        }
                    }
                }
            }
        }
        Label {
            visible: lessons.count > 0
            text: qsTr("学一学")
            font.pixelSize: Theme.title
            font.bold: true
        }
        Paper {
            width: parent.width
            height: tutorials.height + Theme.gap1 * 2
            visible: lessons.count > 0
            raised: false

            Column {
                id: tutorials

                x: Theme.gap3
                y: Theme.gap1
                width: parent.width - Theme.gap3 * 2

                Repeater {
                    id: lessons

                    model: root.assistance.tutorials

                    QuestionRow {
                        required property string pack
                        required property string id
                        required property int index

                        width: parent.width
                        glyph: Glyphs.tutorial
                        ruled: index > 0
                        onClicked: root.navigator.item(pack, id)
                    }
                }
            }
        }
        AppButton {
            glyph: Glyphs.clerk
            text: qsTr("村里工作人员")
            onClicked: root.navigator.clerk()
        }
    }
}
