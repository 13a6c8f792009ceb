// Holds the one instance of a page, made when it is first wanted or when there is time for it.
import QtQuick
import Kiosk.Theme
import Kiosk.ViewModels

Loader {
    id: slot

    required property string name
    required property string file
    required property Navigator navigator
    required property var content    // the page's own properties
    property bool wanted: false
    property bool rare: false        // not made before somebody goes there: a megabyte that most days need not hold
    readonly property bool isSeen: slot.current && slot.Window.visibility !== Window.Hidden
    readonly property bool current: slot.navigator.page === slot.name

    visible: slot.current
    enabled: slot.current

    function fill() {
        if ((slot.wanted || slot.isSeen) && slot.status === Loader.Null)
            slot.setSource("../Pages/" + slot.file + ".qml", slot.content);
    }

    // Whoever comes anew begins at the top; whoever comes back goes on where they were.
    function begin() {
        const view = slot.item as Flickable;
        if (view && !slot.navigator.cameBack)
            view.contentY = view.originY - view.topMargin;
    }

    onWantedChanged: slot.fill()
    onIsSeenChanged: slot.fill()
    onCurrentChanged: {
        slot.fill();
        if (slot.current)
            slot.begin();
        if (slot.current && Theme.slide > 0)
            arrival.restart();
    }
    Component.onCompleted: slot.fill()

    transform: Translate {
        id: shift
    }
    NumberAnimation {
        id: arrival

        target: shift
        property: "x"
        from: slot.width * 0.06
        to: 0
        duration: Theme.slide
        easing.type: Easing.OutCubic
    }
}
