namespace PSFineTune;

/// <summary>
/// Whether code of somebody else, such as a TorchScript program, may be run: never, but where a user says so for one call, or in
/// the settings of the task that the call runs. It holds for what that call does, on whatever thread; no package, weights or plan can give it.
/// </summary>
static class CodeConsent
{
    static readonly AsyncLocal<bool> s_given = new();

    /// <summary>Until it is disposed exactly what is given holds: the next cmdlet of a pipeline runs within the call before it, and has its own consent or none.</summary>
    public static IDisposable If(bool given)
    {
        var before = s_given.Value;
        s_given.Value = given;
        return new Scope(before);
    }

    /// <param name="path">What holds code.</param>
    /// <exception cref="FineTuneException">CodeNotAllowed.</exception>
    public static void Require(string path)
    {
        if (!s_given.Value) throw Fault.CodeNotAllowed(path);
    }

    sealed class Scope(bool before) : IDisposable
    {
        public void Dispose() => s_given.Value = before;
    }
}
