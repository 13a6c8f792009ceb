// The window: tells the theme all that lengths and colours depend on, and then, and only then, lays out what is in it.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme
import Kiosk.ViewModels

Window {
    id: root

    required property Navigator navigator
    required property HomeViewModel home
    required property AppearanceViewModel appearance
    required property SoundViewModel sound
    required property real pixelsPerMm
    required property real distance
    required property real targetMm
    required property string iconFamily
    property bool stripNeeded: false    // something is shown over the strip

    readonly property Item middle: (frame.item as Frame)?.middle ?? null

    title: "Cunkou"
    color: Theme.ground

    Component.onCompleted: {
        Theme.pixelsPerMm = root.pixelsPerMm;
        Theme.distance = root.distance;
        Theme.targetMm = root.targetMm;
        Theme.iconFamily = root.iconFamily;
        frame.active = true;
    }

    Binding {
        target: Theme
        property: "portrait"
        value: root.height > root.width
    }
    Binding {
        target: Theme
        property: "size"
        value: root.appearance.size
    }
    Binding {
        target: Theme
        property: "highContrast"
        value: root.appearance.highContrast
    }
    Binding {
        target: Theme
        property: "leftHanded"
        value: root.appearance.leftHanded
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.appearance.reducedMotion
    }
    Loader {
        id: frame

        anchors.fill: parent
        active: false

        sourceComponent: Frame {
            navigator: root.navigator
            home: root.home
            sound: root.sound
            stripNeeded: root.stripNeeded
        }
    }
}
