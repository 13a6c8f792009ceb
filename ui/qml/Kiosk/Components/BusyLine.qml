// Says that work goes on, but only if it takes longer than a moment.
import QtQuick
import Kiosk.Theme

Words {
    id: root

    property bool busy: false

    visible: false
    soft: true
    text: qsTr("请稍等……")

    onBusyChanged: {
        patience.running = root.busy;
        if (!root.busy)
            root.visible = false;
    }

    Timer {
        id: patience

        interval: Theme.patience
        onTriggered: root.visible = root.busy
    }
}
