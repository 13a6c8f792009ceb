// The window: strip above, one page in the middle, the bar below; and the countdown over all of it.
import QtQuick
import QtQuick.Window
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Window {
    id: root

    required property Navigator navigator
    required property HomeViewModel home
    required property BrowseViewModel browse
    required property ItemViewModel item
    required property SearchViewModel search
    required property ListeningViewModel listening
    required property TakeHomeViewModel takeHome
    required property AppearanceViewModel appearance
    required property AssistanceViewModel assistance
    required property ClerkViewModel clerk
    required property IdleViewModel idle

    readonly property bool atRest: root.navigator.page === "rest"

    title: "Cunkou"
    color: Theme.ground

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

    PageHost {
        id: pages

        anchors.top: root.navigator.page === "home" || root.atRest || !strip.visible ? parent.top : strip.bottom
        anchors.topMargin: strip.visible ? 0 : Theme.gap1
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: root.atRest ? parent.bottom : listeningBar.top
        mayPrepare: root.home.shown && root.visible

        PageSlot {
            anchors.fill: parent
            name: "rest"
            file: "RestPage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "home": root.home
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "home"
            file: "HomePage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "home": root.home,
                    "stripHeight": strip.height
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "list"
            file: "ListPage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "browse": root.browse
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "item"
            file: "ItemPage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "viewModel": root.item,
                    "listening": root.listening
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "search"
            file: "SearchPage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "viewModel": root.search
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "themes"
            file: "ThemesPage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "home": root.home
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "take_home"
            file: "TakeHomePage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "viewModel": root.takeHome
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "help"
            file: "HelpPage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "assistance": root.assistance
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "size"
            file: "SizePage"
            navigator: root.navigator
            content: ({
                    "appearance": root.appearance
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "clerk"
            file: "ClerkPage"
            navigator: root.navigator
            content: ({
                    "clerk": root.clerk
                })
        }
    }
    TopStrip {
        id: strip

        // Where few lines fit, what is read comes before whose kiosk it is.
        visible: root.atRest || root.navigator.page === "home" || root.height > Theme.body * 24

        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        village: root.home.village
        today: root.home.today
        updated: root.home.updated
        soundOn: root.listening.isAvailable
    }
    Loader {
        id: listeningBar

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: bar.top
        active: root.listening.isOpen
        height: active ? implicitHeight : 0
        Component.onCompleted: setSource("../Components/ListeningBar.qml", {
            "listening": root.listening
        })
    }
    BottomBar {
        id: bar

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: !root.atRest
        page: root.navigator.page
        canGoBack: root.navigator.canGoBack
        canListen: root.listening.canListen
        listening: root.listening.isMoving
        onBackRequested: root.navigator.back()
        onHomeRequested: root.navigator.home()
        onListenRequested: root.listening.toggle()
        onSizeRequested: root.navigator.size()
        onHelpRequested: root.navigator.help()
    }
    Countdown {
        anchors.fill: parent
        seconds: root.idle.seconds
        onStayRequested: root.idle.stay()
        onLeaveRequested: root.idle.leave()
    }
}
