using PSFineTune.Packaging;

namespace PSFineTune.Text;

/// <summary>Text pipelines as files that people read, keep and edit.</summary>
static class TextPipelineFile
{
    public const int NewestSchema = 1;

    /// <summary>The file's text; the same pipeline makes the same text on every platform.</summary>
    public static string Text(TextPipeline pipeline) => PlanJson.Write(new Stored { Pipeline = pipeline }) + "\n";

    /// <exception cref="FineTuneException">CannotWrite, BadPlanSetting.</exception>
    public static void Write(TextPipeline pipeline, string path)
    {
        pipeline.Validate();
        DurableFile.WriteText(path, Text(pipeline));
    }

    /// <summary>The pipeline of a file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="FineTuneException">CannotRead, NewerSchema, InvalidJson, BadPlanSetting.</exception>
    public static TextPipeline Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    /// <summary>The pipeline of a text.</summary>
    /// <param name="json">What <see cref="Text"/> made.</param>
    /// <param name="name">What to call it in a fault.</param>
    public static TextPipeline Parse(string json, string name)
    {
        PartManifest.CheckSchema(json, NewestSchema, name);
        var pipeline = PlanJson.Read<Stored>(json).Pipeline;
        pipeline.Validate();
        return pipeline;
    }

    sealed record Stored
    {
        public int SchemaVersion { get; init; } = NewestSchema;

        public TextPipeline Pipeline { get; init; } = new();
    }
}
