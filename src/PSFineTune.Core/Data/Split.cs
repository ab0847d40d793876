namespace PSFineTune.Data;

/// <summary>What a sample is for.</summary>
public enum Split : byte { Train, Validation, Test }
