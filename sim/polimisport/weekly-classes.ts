/** A class that repeats every week. */
export type WeeklyClass = {
  /** 1 Monday … 7 Sunday. */
  weekday: number
  /** `HH:MM` in Rome. */
  time: string
  minutes: number
  skill: string
  instructor: string
}

const row = (weekday: number, time: string, skill: string, instructor: string, minutes = 55): WeeklyClass => ({
  weekday,
  time,
  minutes,
  skill,
  instructor,
})

/**
 * An invented week of group classes. On purpose it holds two classes at one time of one day (each at 18:30 or so),
 * the same time on adjacent days, the same class twice a day, accents, and an odd duration.
 */
export const WEEKLY_CLASSES: readonly WeeklyClass[] = [
  row(1, '07:30', 'RISVEGLIO MUSCOLARE', 'ALBERTI NORA'),
  row(1, '13:00', 'PILATES', 'FONTANA LEA'),
  row(1, '13:00', 'TOTAL BODY', 'GALVANI PIERO'),
  row(1, '18:00', 'YOGA', 'ESEMPIO ADA'),
  row(1, '18:30', 'FUNCTIONAL TRAINING', 'GALVANI PIERO'),
  row(1, '18:30', 'ZUMBA', 'MORANDI ISA'),
  row(1, '20:00', 'PILATES', 'FONTANA LEA'),
  row(2, '08:00', 'YOGA', 'ESEMPIO ADA'),
  row(2, '13:00', 'GAG', 'TORRICELLI UGO', 45),
  row(2, '18:00', 'CROSS TRAINING', 'TORRICELLI UGO'),
  row(2, '18:30', 'YOGA', 'NEGRI ZOÉ'),
  row(2, '18:30', 'SPINNING', 'CASTELLI IVO', 50),
  row(2, '20:00', 'DIFESA PERSONALE', 'GALVANI PIERO', 80),
  row(3, '07:30', 'RISVEGLIO MUSCOLARE', 'ALBERTI NORA'),
  row(3, '13:00', 'PILATES', 'FONTANA LEA'),
  row(3, '18:00', 'YOGA', 'ESEMPIO ADA'),
  row(3, '18:30', 'FUNCTIONAL TRAINING', 'GALVANI PIERO'),
  row(3, '18:30', 'AGILITÀ E MOBILITÀ', 'NEGRI ZOÉ'),
  row(3, '19:30', 'ZUMBA', 'MORANDI ISA'),
  row(4, '08:00', 'YOGA', 'ESEMPIO ADA'),
  row(4, '13:00', 'TOTAL BODY', 'GALVANI PIERO'),
  row(4, '18:00', 'CROSS TRAINING', 'TORRICELLI UGO'),
  row(4, '18:30', 'YOGA', 'NEGRI ZOÉ'),
  row(4, '18:30', 'SPINNING', 'CASTELLI IVO', 50),
  row(4, '20:00', 'PILATES', 'FONTANA LEA'),
  row(5, '07:30', 'RISVEGLIO MUSCOLARE', 'ALBERTI NORA'),
  row(5, '13:00', 'PILATES', 'FONTANA LEA'),
  row(5, '18:00', 'YOGA', 'ESEMPIO ADA'),
  row(5, '18:30', 'ZUMBA', 'MORANDI ISA'),
  row(5, '18:30', 'GAG', 'TORRICELLI UGO', 45),
  row(6, '10:00', 'YOGA', 'NEGRI ZOÉ'),
  row(6, '10:00', 'CROSS TRAINING', 'TORRICELLI UGO'),
  row(6, '11:30', 'PILATES', 'FONTANA LEA'),
  row(7, '10:00', 'YOGA', 'ESEMPIO ADA'),
  row(7, '11:30', 'AGILITÀ E MOBILITÀ', 'NEGRI ZOÉ'),
]

/** The gym's turns: Monday to Friday, then Saturday and Sunday. */
export const GYM_GRID = {
  minutes: 90,
  weekdays: ['07:00', '08:30', '10:00', '11:30', '13:00', '14:30', '16:00', '17:30', '19:00', '20:30'],
  weekend: ['09:00', '10:30', '12:00', '13:30', '15:00', '16:30'],
} as const
