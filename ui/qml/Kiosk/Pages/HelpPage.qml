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
    readonly property real half: (root.width - Theme.margin * 2 - Theme.gap5) / 2
    readonly property bool beside: !Theme.portrait && root.half >= Theme.body * 18
    readonly property real share: root.beside ? root.half : root.width - Theme.margin * 2

    contentWidth: width
    contentHeight: (root.beside ? Math.max(whom.height, lessons.height) : lessons.y + lessons.height) + Theme.gap4
    boundsBehavior: Flickable.StopAtBounds

    // --- whom to ask ---
    Column {
        id: whom

        x: Theme.margin
        width: root.share
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
            columns: 3
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
        AppButton {
            glyph: Glyphs.clerk
            text: qsTr("村里工作人员")
            onClicked: root.navigator.clerk()
        }
    }
    // --- what to learn ---
    Column {
        id: lessons

        x: root.beside ? root.width - Theme.margin - width : Theme.margin
        y: root.beside ? 0 : whom.height + Theme.gap3
        width: root.share
        topPadding: root.beside ? Theme.gap2 : 0
        spacing: Theme.gap3
        visible: tutorials.count > 0

        Label {
            text: qsTr("学一学")
            font.pixelSize: Theme.title
            font.bold: true
        }
        Paper {
            width: parent.width
            height: rows.height + Theme.gap1 * 2
            raised: false

            Column {
                id: rows

                x: Theme.gap3
                y: Theme.gap1
                width: parent.width - Theme.gap3 * 2

                Repeater {
                    id: tutorials

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
    }
}
