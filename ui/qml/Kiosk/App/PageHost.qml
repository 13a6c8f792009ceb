// Holds one instance of each page, made when it is first wanted or when there is time, and shows one of them.
import QtQuick
import Kiosk.Theme

Item {
    id: root

    required property Main window
    property real stripHeight: 0
    readonly property string page: root.window.navigator.page

    clip: true

    function file(name: string): string {
        return "../Pages/" + name + "Page.qml";
    }

    PageSlot {
        name: "rest"
        file: root.file("Rest")
        viewModels: ({
                "navigator": root.window.navigator,
                "home": root.window.home
            })
    }
    PageSlot {
        name: "home"
        file: root.file("Home")
        viewModels: ({
                "navigator": root.window.navigator,
                "home": root.window.home,
                "stripHeight": root.stripHeight
            })
    }
    PageSlot {
        name: "list"
        file: root.file("List")
        viewModels: ({
                "navigator": root.window.navigator,
                "browse": root.window.browse
            })
    }
    PageSlot {
        name: "item"
        file: root.file("Item")
        viewModels: ({
                "navigator": root.window.navigator,
                "viewModel": root.window.item,
                "listening": root.window.listening
            })
    }
    PageSlot {
        name: "search"
        file: root.file("Search")
        viewModels: ({
                "navigator": root.window.navigator,
                "viewModel": root.window.search
            })
    }
    PageSlot {
        name: "themes"
        file: root.file("Themes")
        viewModels: ({
                "navigator": root.window.navigator,
                "home": root.window.home
            })
    }
    PageSlot {
        name: "take_home"
        file: root.file("TakeHome")
        viewModels: ({
                "navigator": root.window.navigator,
                "viewModel": root.window.takeHome
            })
    }
    PageSlot {
        name: "help"
        file: root.file("Help")
        viewModels: ({
                "navigator": root.window.navigator,
                "assistance": root.window.assistance
            })
    }
    PageSlot {
        name: "size"
        file: root.file("Size")
        viewModels: ({
                "appearance": root.window.appearance
            })
    }
    PageSlot {
        name: "clerk"
        file: root.file("Clerk")
        viewModels: ({
                "clerk": root.window.clerk
            })
    }

    // One page at a time, so that no touch ever waits for more than one.
    Timer {
        property int next: 0

        interval: 150
        running: root.window.home.shown && next < root.children.length
        repeat: true
        onTriggered: {
            const slot = root.children[next++] as PageSlot;
            if (slot)
                slot.wanted = true;
        }
    }

    component PageSlot: Loader {
        id: slot

        required property string name
        required property string file
        required property var viewModels
        property bool wanted: false
        readonly property bool current: root.page === slot.name

        width: root.width
        height: root.height
        visible: slot.current
        enabled: slot.current

        function fill() {
            if ((slot.wanted || slot.current) && slot.status === Loader.Null)
                slot.setSource(slot.file, slot.viewModels);
        }

        onWantedChanged: slot.fill()
        onCurrentChanged: {
            slot.fill();
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
            from: root.width * 0.06
            to: 0
            duration: Theme.slide
            easing.type: Easing.OutCubic
        }
    }
}
