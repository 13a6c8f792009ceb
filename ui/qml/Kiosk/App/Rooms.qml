// The pages beyond home, and the bar for whoever listens. Made after the first frame and put into the window's middle.
import QtQuick
import Kiosk.ViewModels

Item {
    id: rooms

    required property Navigator navigator
    required property HomeViewModel home
    required property AppearanceViewModel appearance
    required property BrowseViewModel browse
    required property ItemViewModel item
    required property SearchViewModel search
    required property ListeningViewModel listening
    required property TakeHomeViewModel takeHome
    required property AssistanceViewModel assistance
    required property ClerkViewModel clerk
    required property StickViewModel stick
    required property PinViewModel pin
    required property UpkeepViewModel upkeep

    anchors.fill: parent

    PageHost {
        anchors.fill: parent
        anchors.bottomMargin: listeningBar.height
        mayPrepare: rooms.home.shown

        PageSlot {
            anchors.fill: parent
            name: "list"
            file: "ListPage"
            navigator: rooms.navigator
            content: ({
                    "navigator": rooms.navigator,
                    "browse": rooms.browse
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "item"
            file: "ItemPage"
            navigator: rooms.navigator
            content: ({
                    "navigator": rooms.navigator,
                    "viewModel": rooms.item,
                    "listening": rooms.listening
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "search"
            file: "SearchPage"
            navigator: rooms.navigator
            content: ({
                    "navigator": rooms.navigator,
                    "viewModel": rooms.search
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "themes"
            rare: true
            file: "ThemesPage"
            navigator: rooms.navigator
            content: ({
                    "navigator": rooms.navigator,
                    "home": rooms.home
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "take_home"
            file: "TakeHomePage"
            navigator: rooms.navigator
            content: ({
                    "navigator": rooms.navigator,
                    "viewModel": rooms.takeHome
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "help"
            file: "HelpPage"
            navigator: rooms.navigator
            content: ({
                    "navigator": rooms.navigator,
                    "assistance": rooms.assistance
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "size"
            rare: true
            file: "SizePage"
            navigator: rooms.navigator
            content: ({
                    "appearance": rooms.appearance
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "clerk"
            rare: true
            file: "ClerkPage"
            navigator: rooms.navigator
            content: ({
                    "navigator": rooms.navigator,
                    "clerk": rooms.clerk,
                    "stick": rooms.stick,
                    "upkeep": rooms.upkeep
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "pin"
            rare: true
            file: "PinPage"
            navigator: rooms.navigator
            content: ({
                    "pin": rooms.pin
                })
        }
        PageSlot {
            anchors.fill: parent
            name: "history"
            rare: true
            file: "HistoryPage"
            navigator: rooms.navigator
            content: ({
                    "upkeep": rooms.upkeep
                })
        }
    }
    Loader {
        id: listeningBar

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        active: rooms.listening.isOpen
        height: active ? implicitHeight : 0
        Component.onCompleted: setSource("../Components/ListeningBar.qml", {
            "listening": rooms.listening
        })
    }
}
