"""Long work beside the screen: commands of ours in processes of their own, at low priority, told about in lines."""
