namespace PSFineTune.Augment;

/// <summary>Pipelines on disk.</summary>
static class PipelineFile
{
    /// <exception cref="FineTuneException">CannotWrite, InvalidOpSetting.</exception>
    public static void Write(AugmentPipeline pipeline, string path)
    {
        pipeline.Validate();
        DurableFile.WriteText(path, PipelineJson.Write(pipeline));
    }

    /// <inheritdoc cref="PipelineJson.Read(string, string)"/>
    /// <param name="path">Full path.</param>
    public static (AugmentPipeline Pipeline, bool Edited) Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
        return PipelineJson.Read(text, path);
    }
}
