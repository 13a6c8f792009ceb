// The shortest lesson in typing: which keys make which word. Flat, for it is a picture.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    readonly property list<string> words: [qsTr("养老金"), qsTr("医保"), qsTr("身份证")]
    readonly property list<string> initials: ["ylj", "yb", "sfz"]

    implicitHeight: column.height + Theme.gap3 * 2
    radius: Theme.corner
    color: Theme.answer
    border.width: Theme.border
    border.color: Theme.cardEdge
    Accessible.role: Accessible.StaticText
    Accessible.name: rule.text

    Column {
        id: column

        x: Theme.gap3
        y: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        spacing: Theme.gap2

        Row {
            width: parent.width
            spacing: Theme.gap2

            Icon {
                id: picture

                glyph: Glyphs.keyboard
                color: Theme.softInk
                extent: Theme.body * 1.5
            }
            Words {
                id: rule

                width: parent.width - picture.width - parent.spacing
                text: qsTr("不用拼全，打每个字的首字母就行")
                font.bold: true
                lineHeight: 1.3
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.gap4

            Repeater {
                model: root.words

                Row {
                    id: example

                    required property int index
                    required property string modelData

                    spacing: Theme.gap1

                    Repeater {
                        model: root.initials[example.index].split("")

                        Rectangle {
                            id: key

                            required property string modelData

                            anchors.verticalCenter: parent.verticalCenter
                            width: Theme.body * 1.5
                            height: width
                            radius: Theme.mm(1.5)
                            color: Theme.card
                            border.width: Theme.border
                            border.color: Theme.keyEdge

                            Label {
                                anchors.centerIn: parent
                                text: key.modelData
                            }
                        }
                    }
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        glyph: Glyphs.next
                        color: Theme.softInk
                    }
                    Label {
                        anchors.verticalCenter: parent.verticalCenter
                        text: example.modelData
                    }
                }
            }
        }
    }
}
