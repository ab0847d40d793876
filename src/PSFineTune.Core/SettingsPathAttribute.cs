namespace PSFineTune;

/// <summary>A setting that is a file or a folder: in a settings file it starts at that file's folder.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SettingsPathAttribute : Attribute;
