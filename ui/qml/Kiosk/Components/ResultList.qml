// What was found, best first; above it whom to call at once, what the question was understood as, what narrows it.
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
    required property QtObject filters
    required property bool canFilter
    required property bool filtering
    property bool asked: false    // somebody has asked: say where the answer is

    signal opened(pack: string, item: string)
    signal filtersRequested
    signal narrowed(facet: string, value: string)

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
        Item {
            width: parent.width
            height: Math.max(said.height, narrower.visible ? narrower.height : 0)
            visible: root.heading !== ""

            Row {
                id: said

                anchors.verticalCenter: parent.verticalCenter
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
            AppButton {
                id: narrower

                anchors.right: parent.right
                visible: root.canFilter
                glyph: root.filtering ? Glyphs.up : Glyphs.filter
                text: root.filtering ? qsTr("收起") : qsTr("挑一挑")
                onClicked: root.filtersRequested()
            }
        }
        ResultFilters {
            width: parent.width
            visible: root.canFilter && root.filtering
            filters: root.filters
            onChosen: (facet, value) => root.narrowed(facet, value)
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
