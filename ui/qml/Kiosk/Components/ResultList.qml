// What was found, best first; above it whom to call at once, and what the question was understood as.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

ListView {
    id: root

    required property string heading
    required property string meant
    required property string announcement
    required property bool emergency
    required property string phone
    required property string phoneLabel
    required property bool busy
    property bool asked: false    // 查 was touched: say where the answer is

    signal opened(pack: string, item: string)

    clip: true
    spacing: Theme.gap2
    boundsBehavior: Flickable.StopAtBounds
    cacheBuffer: 0    // rows made ahead are left dangling when the next answer has none
    Accessible.role: Accessible.List
    Accessible.name: root.announcement

    header: Column {
        width: root.width
        spacing: Theme.gap2
        bottomPadding: Theme.gap2
        onHeightChanged: root.positionViewAtBeginning()

        PhoneCard {
            width: parent.width
            visible: root.emergency
            urgent: true
            advice: qsTr("有急事，请马上打：")
            number: root.phone
            label: root.phoneLabel
        }
        Words {
            width: parent.width
            visible: root.meant !== ""
            text: qsTr("您找的是：%1").arg(root.meant)
            color: Theme.good
            font.bold: true
            lineHeight: 1.25
        }
        Row {
            visible: root.heading !== ""
            spacing: Theme.gap3

            Label {
                text: root.heading
                color: root.asked ? Theme.accentText : Theme.softInk
                font.pixelSize: Theme.smallText
                font.bold: root.asked
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            BusyLine {
                busy: root.busy
                lineHeight: 1
                font.pixelSize: Theme.smallText
            }
        }
    }
    delegate: ResultRow {
        required property string pack
        required property string id

        width: ListView.view.width
        onClicked: root.opened(pack, id)
    }
    footer: Item {
        height: Theme.gap3
    }
}
