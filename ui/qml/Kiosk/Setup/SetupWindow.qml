// The window of a new kiosk: nothing but questions about how it is to be set up.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme
import Kiosk.ViewModels

Window {
    id: root

    required property SetupViewModel setup
    required property real pixelsPerMm
    required property real targetMm
    required property string iconFamily

    title: "Cunkou"
    color: Theme.ground

    Component.onCompleted: {
        Theme.pixelsPerMm = root.pixelsPerMm;
        Theme.targetMm = root.targetMm;
        Theme.iconFamily = root.iconFamily;
        pages.active = true;
    }

    Binding {
        target: Theme
        property: "portrait"
        value: root.height > root.width
    }
    Loader {
        id: pages

        anchors.fill: parent
        active: false

        sourceComponent: SetupPages {
            setup: root.setup
        }
    }
}
