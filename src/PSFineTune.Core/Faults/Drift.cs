namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NoDriftReference() =>
        new("NoDriftReference", FaultKind.InvalidArgument, "There is nothing to compare with: neither a model nor a reference was given.",
            "Give -Model, whose validation samples are then the reference, or -Reference with a dataset of Import-ImageDataset or Import-TextDataset.");

    public static FineTuneException NothingNew(int unreadable) =>
        new("NothingNew", FaultKind.InvalidData, unreadable > 0 ? $"None of the {unreadable} new samples can be read." : "There are no new samples.",
            "Give files, folders, texts or a dataset with two or more samples.");

    public static FineTuneException OtherKindThanReference(bool referenceIsTexts) =>
        new("OtherKindThanReference", FaultKind.InvalidArgument, referenceIsTexts ? "The reference are texts, and the new samples are images." : "The reference are images, and the new samples are texts.",
            "Give new samples of the kind that the model was trained on, or another reference.");
}
