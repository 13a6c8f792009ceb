// The tabs of an item: dark is open, the others are cards to touch.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Kiosk.Components
import Kiosk.Theme

Row {
    id: root

    property alias model: tabs.model
    readonly property int count: tabs.count
    required property string open

    readonly property real room: root.width - (root.count - 1) * root.spacing - root.labels()    // px left beside the words

    signal chosen(key: string)

    // How wide all words are together.
    function labels(): real {
        let sum = 0;
        for (let number = 0; number < tabs.count; number++)
            sum += tabs.itemAt(number)?.implicitWidth ?? 0;
        return sum;
    }

    spacing: Theme.gap2
    height: visible ? implicitHeight : 0
    visible: root.count > 1

    Repeater {
        id: tabs

        delegate: T.AbstractButton {
            id: tab

            required property string key
            required property string label
            readonly property bool isOpen: tab.key === root.open

            implicitWidth: label.implicitWidth
            width: tab.implicitWidth + Math.min(root.room / tabs.count, Theme.mm(44))
            height: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1)
            text: tab.label
            Accessible.role: Accessible.PageTab
            Accessible.name: tab.label
            Accessible.selected: tab.isOpen
            Accessible.onPressAction: tab.clicked()

            onClicked: root.chosen(tab.key)

            background: Paper {
                pressed: tab.down
                raised: !tab.isOpen
                fill: tab.isOpen ? Theme.chosen : Theme.card
                edge: tab.isOpen ? Theme.chosen : Theme.cardEdge
            }
            contentItem: Label {
                id: label

                text: tab.label
                color: tab.isOpen ? Theme.chosenInk : Theme.ink
                font.bold: tab.isOpen
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
