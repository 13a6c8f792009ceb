// Shows one of its pages, and makes the others while nobody waits: one at a time, so that no touch waits for more.
import QtQuick

Item {
    id: root

    property bool mayPrepare: false

    clip: true

    Timer {
        property int next: 0

        interval: 150
        running: root.mayPrepare && next < root.children.length
        repeat: true
        onTriggered: {
            const slot = root.children[next++] as PageSlot;
            if (slot && !slot.rare)
                slot.wanted = true;
        }
    }
}
