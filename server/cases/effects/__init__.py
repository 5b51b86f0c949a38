"""What a step brings about beside the case: messages, deeds of features, who follows a merge."""
